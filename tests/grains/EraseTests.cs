using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Memory;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Grains.Tests;

/// <summary>A customer is erased once, for good; if they write again they are somebody new.</summary>
public sealed class EraseTests
{
    [Fact]
    public void A_customer_with_open_cases_is_not_erased() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        var caseId = await center.Write("eva");
        var result = await Erase(center);
        Assert.Equal(RefusalCode.CasesOpen, result.Refusal?.Code);
        Assert.Contains(caseId, result.Refusal!.Detail, StringComparison.Ordinal);
        Assert.Equal("chat:eva", (await center.Case(caseId)).CustomerId);
    });

    [Fact]
    public void Who_is_not_known_is_not_erased_and_nobody_is_erased_twice() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        Assert.Equal(RefusalCode.CustomerUnknown, (await Erase(center)).Refusal?.Code);
        await center.SignIn("ana");
        await Life(center);
        Assert.Null((await Erase(center)).Refusal);
        Assert.Equal(RefusalCode.CustomerUnknown, (await Erase(center)).Refusal?.Code);
    });

    [Fact]
    public void Nothing_is_left_of_an_erased_customer_who_then_is_somebody_new() => TestCenter.Run(
        TestCenter.Simple(["ana"], queue => queue with { ReopenSeconds = 0 }), async center =>
    {
        await center.SignIn("ana");
        var (first, second) = (await Life(center), await Life(center));
        var erased = await Erase(center);
        Assert.Equal([first, second], erased.Cases);
        foreach (var caseId in erased.Cases)
        {
            var state = await center.Case(caseId);
            Assert.Equal((erased.Pseudonym, null, "", CaseStatus.Closed), (state.CustomerId, state.CustomerName, state.Thread, state.Status));
            Assert.Equal(RefusalCode.IllegalTransition, (await center.World.Case(caseId).AddNote("she called", center.Command())).Refusal?.Code);
        }
        Assert.Equal(0, (await center.World.Customer("chat", "eva").Get()).Version);

        var (third, fourth) = (await Life(center), await Life(center));
        Assert.Equal(
            [CaseIds.For(center.World.Workspace, "chat:eva", 3), CaseIds.For(center.World.Workspace, "chat:eva", 4)], [third, fourth]);
        Assert.Null((await center.Case(third)).Previous);
        Assert.Equal((2, 4), await center.World.Customer("chat", "eva").Get() is var again ? (again.Cases, again.LastNumber) : default);
        var next = await Erase(center);
        Assert.NotEqual(erased.Pseudonym, next.Pseudonym);
        Assert.Equal(CaseIds.For(center.World.Workspace, "chat:eva", 5), await center.Write("eva"));
    });

    [Fact]
    public void The_same_command_is_answered_as_the_first_time_also_when_the_customer_is_back() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        await Life(center);
        var command = center.Command();
        var first = await Erase(center, command);
        Assert.Equal((first.Pseudonym, first.Cases.Length), await Erase(center, command) is var again ? (again.Pseudonym, again.Cases.Length) : default);
        var open = await center.Write("eva");
        Assert.Equal(first.Pseudonym, (await Erase(center, command)).Pseudonym);
        Assert.Equal("chat:eva", (await center.Case(open)).CustomerId);
    });

    [Fact]
    public void A_message_that_is_delivered_again_does_not_bring_an_erased_customer_back() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("eva", "hola", "m-of-eva");
        await center.Accept("ana");
        await center.Close("ana", caseId);
        await Erase(center);
        var late = await center.TryWrite("eva", "hola", "m-of-eva");
        Assert.Equal((null, caseId, true), (late.Refusal, late.CaseId, late.Duplicate));
        Assert.Equal(0, (await center.World.Customer("chat", "eva").Get()).Version);
        Assert.Empty(await center.World.Journal.ReadStream(new StreamId(StreamKind.Customer, center.World.Workspace, "chat:eva")));
    });

    [Fact]
    public void A_case_that_could_be_reopened_cannot_be_any_more() => TestCenter.Run(
        TestCenter.Simple(["ana"], queue => queue with { ReopenSeconds = 3600 }), async center =>
    {
        await center.SignIn("ana");
        var first = await Life(center);
        await Erase(center);
        Assert.Equal(RefusalCode.IllegalTransition, (await center.World.Agent("ana").Assign(first, false, center.Command())).Refusal?.Code);
        Assert.NotEqual(first, await center.Write("eva", "otra cosa"));
    });

    [Fact]
    public void An_erasure_among_many_messages_either_is_refused_or_forgets_everything_before_it() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        await Life(center);
        var messages = Enumerable.Range(0, 10).Select(i => center.TryWrite("eva", $"text {i}", $"race-{i}")).ToList();
        var erasing = Erase(center);
        messages.AddRange(Enumerable.Range(10, 10).Select(i => center.TryWrite("eva", $"text {i}", $"race-{i}")));
        var (erased, written) = (await erasing, await Task.WhenAll(messages));
        Assert.True(erased.Refusal?.Code is null or RefusalCode.CasesOpen or RefusalCode.TryAgain, $"{erased.Refusal}");
        Assert.All(written, result => Assert.True(result.Refusal?.Code is null or RefusalCode.TryAgain, $"{result.Refusal}"));
        var cases = written.Where(result => result.Refusal is null).Select(result => result.CaseId).Distinct();
        var open = await center.Case(Assert.Single(cases));
        Assert.Equal((true, "chat:eva", null), (open.IsOpen, open.CustomerId, open.ErasedAt));
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_erasure_of_unknown_outcome_is_repeated_and_done_once(bool isWritten) => TestCenter.Run(
        TestCenter.Simple(["ana"]), async center =>
        {
            await center.SignIn("ana");
            var caseId = await Life(center);
            var command = center.Command();
            await Assert.ThrowsAsync<UnknownOutcomeException>(() => Erase(center, command));
            var result = await Erase(center, command);
            Assert.Equal((null, caseId), (result.Refusal, result.Cases.Single()));
            Assert.Equal(result.Pseudonym, (await center.Case(caseId)).CustomerId);
            var erased = await center.World.Journal.ReadStream(new StreamId(StreamKind.Customer, center.World.Workspace, result.Pseudonym));
            Assert.Single(erased, recorded => recorded.Event is CustomerErased);
        },
        configure: services => services.AddSingleton<IJournal>(new UnsureJournal(new MemoryJournal(), isWritten)));

    private static Task<EraseResult> Erase(TestCenter center, CommandContext? command = null) =>
        center.World.Customer("chat", "eva").Erase(command ?? center.Command());

    private static async Task<string> Life(TestCenter center)
    {
        var caseId = await center.Write("eva");
        await center.Accept("ana");
        await center.Close("ana", caseId);
        return caseId;
    }
}

/// <summary>A journal that does not know what became of the first erasure.</summary>
internal sealed class UnsureJournal(IJournal inner, bool isWritten) : IJournal
{
    private bool _isSure;

    public IReadModels Read => inner.Read;

    public IDocuments Documents => inner.Documents;

    public async ValueTask<AppendResult> Append(Append append, CancellationToken cancel = default)
    {
        if (append.Erasure is null || _isSure) return await inner.Append(append, cancel);
        _isSure = true;
        if (isWritten) await inner.Append(append, cancel);
        throw new UnknownOutcomeException("The disk did not say whether the write was made.");
    }

    public ValueTask<IReadOnlyList<RecordedEvent>> ReadStream(StreamId stream, long after = 0, CancellationToken cancel = default) => inner.ReadStream(stream, after, cancel);

    public IAsyncEnumerable<RecordedEvent> ReadAll(long after = 0, CancellationToken cancel = default) => inner.ReadAll(after, cancel);

    public ValueTask<JournalEnd> End(CancellationToken cancel = default) => inner.End(cancel);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
