using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RoutingGrid.Grains.Storage;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Rules;

namespace RoutingGrid.Grains.Cases;

internal sealed partial class CaseGrain
{
    public async Task<ReceiveResult> Receive(ReceiveMessage message)
    {
        if (await configurations.Get(_workspace) is not { } configuration) return Refused(Refusals.WorkspaceUnknown(_workspace));
        // A customer's grain that opens a case knows that its id is new; were it not, the append would say so.
        if ((_state is null && !message.CustomerEvents.IsEmpty ? CaseState.None : await LoadOrNull()) is not { } state) return Refused(Closed);
        // The customer's grain is another activation than the one that opened this case, and behind it.
        if (!message.CustomerEvents.IsEmpty && state.Status != CaseStatus.None) return Refused(Refusals.TryAgain);
        var now = Now;
        _heardAt = now;
        var place = new MessagePlace(configuration, message.Message, message.CustomerId, state, now);
        var received = new MessageReceived { At = now, MessageId = message.Message.MessageId, Text = message.Message.Text, SentAt = message.Message.SentAt ?? now };
        var decision = CaseDecisions.Decide(state, new CaseCommand.Receive(
            Opening(message, now), received, place.Placement, place.PreferSameAgent, place.AnswerDue) { At = now });
        if (decision.Refusal is { } refusal) return Refused(await IsBehind(state) ? Refusals.TryAgain : refusal);
        var events = decision.Events;
        if (place.AutomaticAnswer is { } text && events[^1] is CaseQueued) events = events.Add(new AutomaticAnswerSent { At = now, Text = text });

        var claim = MessageClaim.Of(_workspace, _caseId, message.Message);
        var customer = message.CustomerEvents.IsEmpty
            ? null
            : new StreamAppend(new StreamId(StreamKind.Customer, _workspace, message.CustomerId), message.CustomerVersion, message.CustomerEvents);
        var after = CaseFold.Evolve(state, events);
        AppendResult result;
        try
        {
            result = await journal.Append(WriteOf(state, after, events, null, [claim], customer));
        }
        catch (Exception)
        {
            Forget();
            throw;
        }
        return Ended(result, state, after, null, agentTellsRouter: false) switch
        {
            null => new ReceiveResult(null, _caseId, Opened: state.Status == CaseStatus.None, Duplicate: false, after.Version),
            { ClaimedBy: { } claimedBy } => Known(claim, claimedBy),
            var failed => Refused(failed.Refusal),
        };
    }

    private static Refusal Closed { get; } = new(RefusalCode.IllegalTransition, "The case is closed and archived.");

    /// <summary>Null: it is in an archive that cannot be read. So it is closed for good, which is all that a message needs to know: a customer must not wait for
    /// a disk to be mended.</summary>
    private async ValueTask<CaseState?> LoadOrNull()
    {
        try
        {
            return await Load();
        }
        catch (ArchiveUnusableException e)
        {
            log.LogError("A message opens a new case, since the one before cannot be read. {Reason}", e.Message);
            return null;
        }
    }

    private ReceiveResult Known(Claim claim, string claimedBy) => MessageClaim.CaseIfSame(claim, claimedBy) is { } caseId
        ? new ReceiveResult(null, caseId, Opened: false, Duplicate: true, 0)
        : Refused(new Refusal(RefusalCode.MessageIdReused, "A message with this id, but another author or text, was received before: ids are unique per channel and account."));

    private ReceiveResult Refused(Refusal refusal) => new(refusal, "", false, false, _state?.Version ?? 0);

    private static CaseOpened Opening(ReceiveMessage message, DateTimeOffset now) => new()
    {
        At = now,
        CustomerId = message.CustomerId,
        CustomerName = message.Message.AuthorName,
        Channel = message.Message.Channel,
        Account = message.Message.Account,
        Thread = message.Thread,
        Surface = message.Message.Surface,
        Profile = new CaseProfile(message.Message.Language, message.Message.Audience, message.Message.Purpose, message.Message.Reach, message.Message.Attributes),
        Previous = message.Previous,
    };
}

/// <summary>Where a message puts its case, by the rules for a new one and by its own queue for one that goes on.</summary>
internal readonly struct MessagePlace
{
    public MessagePlace(CompiledConfiguration configuration, IncomingMessage message, string customerId, CaseState state, DateTimeOffset now)
    {
        var known = state.Status == CaseStatus.None ? null : configuration.Queue(state.Queue);
        Placement = known is not null ? configuration.PlaceAgain(known, state, now) : configuration.Place(Facts(message, customerId), now);
        var queue = configuration.Queue(Placement.Queue)!;
        PreferSameAgent = TimeSpan.FromSeconds(queue.PreferSameAgentSeconds);
        AnswerDue = configuration.AnswerDue(queue, now);
        AutomaticAnswer = queue is { OutsideHours: OutsideHours.Answer, AutomaticAnswer: { } text } && !configuration.IsOpen(queue, now) ? text : null;
    }

    public Placement Placement { get; }
    public TimeSpan PreferSameAgent { get; }
    public DateTimeOffset? AnswerDue { get; }
    public string? AutomaticAnswer { get; }

    private static MessageFacts Facts(IncomingMessage message, string customerId) => new()
    {
        Channel = message.Channel,
        Account = message.Account,
        Surface = message.Surface,
        Language = message.Language,
        Audience = message.Audience,
        Purpose = message.Purpose,
        Reach = message.Reach,
        Text = message.Text,
        Author = message.Author,
        Customer = customerId,
        Attributes = message.Attributes,
    };
}
