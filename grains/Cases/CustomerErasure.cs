using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Grains.Storage;
using RoutingGrid.Journal;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Grains.Cases;

/// <summary>Destroys a customer's personal data in the journal: the customer's event, one on each of their cases, and the key, in one write.</summary>
public sealed class CustomerErasure(IJournal journal, TimeProvider time)
{
    /// <summary>The same command again is answered as the first time, also when the customer has written again since.</summary>
    public async Task<EraseResult> Erase(string workspace, string customerId, CommandContext context)
    {
        var claim = context.CommandId is { } commandId ? KeyOf(workspace, customerId, commandId) : null;
        if (claim is not null && await journal.Read.Claimed(claim) is { } done) return new EraseResult(null, done, await CasesOf(workspace, done));
        var stream = new StreamId(StreamKind.Customer, workspace, customerId);
        var own = await journal.ReadStream(stream);
        var customer = own.Aggregate(CustomerState.None, static (state, recorded) => state.Evolve(recorded.Event));
        var histories = new List<History>();
        foreach (var opened in own.Select(recorded => recorded.Event).OfType<CustomerCaseOpened>()) histories.Add(await Read(workspace, opened.CaseId));
        var pseudonym = Erasing.PseudonymOf(own.Count == 0 ? 0 : own[0].Position);
        var decision = Erasing.Decide(customer, [.. histories.Select(history => history.Case)], pseudonym, time.GetUtcNow(), context.By);
        if (decision.Refusal is { } refusal) return new EraseResult(refusal, "", []);

        var append = Write(workspace, histories, new StreamAppend(stream, customer.Version, [decision.OfCustomer!]), decision.OfCases!) with
        {
            Claims = claim is null ? [] : [new Claim(claim, pseudonym)],
        };
        return await journal.Append(append) switch
        {
            AppendResult.Committed => new EraseResult(null, pseudonym, [.. histories.Select(history => history.Case.CaseId)]),
            var failed => new EraseResult(Refusals.Of(failed), "", []),
        };
    }

    private static Append Write(string workspace, List<History> histories, StreamAppend customer, CaseCustomerErased erased)
    {
        var streams = ImmutableArray.CreateBuilder<StreamAppend>(histories.Count + 1);
        var changes = ImmutableArray.CreateBuilder<ReadModelChange>(histories.Count);
        streams.Add(customer);
        foreach (var (one, _) in histories)
        {
            streams.Add(new StreamAppend(new StreamId(StreamKind.Case, workspace, one.CaseId), one.State.Version, [erased]));
            JournalWrites.AddCase(changes, workspace, one.CaseId, one.State, CaseFold.Evolve(one.State, erased));
        }
        return new Append(streams.DrainToImmutable(), changes.DrainToImmutable(), [])
        {
            Erasure = new Erasure(customer.Stream, erased.Pseudonym, [.. histories.SelectMany(history => history.Messages)]),
        };
    }

    private async Task<History> Read(string workspace, string caseId)
    {
        var state = CaseState.None;
        var messages = new List<Claim>();
        foreach (var recorded in await journal.ReadStream(new StreamId(StreamKind.Case, workspace, caseId)))
        {
            state = CaseFold.Evolve(state, recorded.Event);
            if (recorded.Event is MessageReceived message) messages.Add(MessageClaim.Forgotten(workspace, caseId, state, message));
        }
        return new History(new CustomerCase(caseId, state), messages);
    }

    private async Task<ImmutableArray<string>> CasesOf(string workspace, string pseudonym)
    {
        var own = await journal.ReadStream(new StreamId(StreamKind.Customer, workspace, pseudonym));
        return [.. own.Select(recorded => recorded.Event).OfType<CustomerCaseOpened>().Select(opened => opened.CaseId)];
    }

    // A hash, since it stays when the customer is gone.
    private static string KeyOf(string workspace, string customerId, string commandId) =>
        $"erasure/{workspace}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{customerId}\n{commandId}")))}";

    private sealed record History(CustomerCase Case, List<Claim> Messages);
}
