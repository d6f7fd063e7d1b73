using RoutingGrid.Journal.Audit;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Grains.Tests.RealTime;

/// <summary>What a center does all day, by the clock on the wall: the same tests on both engines.</summary>
public sealed class RealTimeTests(RealTimeHost host) : IClassFixture<RealTimeHost>, IAsyncLifetime
{
    [Fact]
    public async Task A_message_is_offered_accepted_answered_and_closed()
    {
        var center = await RealTimeCenter.Open(host, "life", "ana");
        var desk = await center.SignIn("ana");
        var caseId = (await center.Write("eva", "m1")).CaseId;
        var offer = await desk.Next("offer.made", caseId);
        Assert.Null((await center.Agent("ana").Accept("ana-session", caseId, offer.OfferId!, center.Command())).Refusal);
        await desk.Next("case.assigned", caseId);
        Assert.Null((await center.Case(caseId).Answer("ana", "r1", null, "buenas", center.Command())).Refusal);
        Assert.Null((await center.Case(caseId).Close("ana", CloseKind.Handled, Rating.Positive, null, center.Command())).Refusal);
        await desk.Next("case.released", caseId);
        Assert.Equal(CaseStatus.Closed, (await center.State(caseId)).Status);
    }

    [Fact]
    public async Task A_person_s_decision_beats_an_offer()
    {
        var center = await RealTimeCenter.Open(host, "manual", "ana", "ben");
        var ana = await center.SignIn("ana");
        var caseId = (await center.Write("eva", "m1")).CaseId;
        var offer = await ana.Next("offer.made", caseId);
        var ben = await center.SignIn("ben");
        Assert.Null((await center.Agent("ben").Assign(caseId, false, center.Command())).Refusal);
        await ben.Next("case.assigned", caseId);
        await ana.Next("offer.ended", caseId);
        var late = await center.Agent("ana").Accept("ana-session", caseId, offer.OfferId!, center.Command());
        Assert.Equal(RefusalCode.OfferEnded, late.Refusal?.Code);
        Assert.Equal("ben", (await center.State(caseId)).Holder);
    }

    [Fact]
    public async Task The_same_message_again_changes_nothing()
    {
        var center = await RealTimeCenter.Open(host, "duplicates", "ana");
        var first = await center.Write("eva", "m1");
        var again = await center.Write("eva", "m1");
        Assert.Equal((first.CaseId, true, false), (again.CaseId, again.Duplicate, again.Opened));
        Assert.Equal(RefusalCode.MessageIdReused, (await center.Write("eva", "m1", "something else")).Refusal?.Code);
        Assert.Equal(1, (await center.State(first.CaseId)).Messages);
    }

    [Fact]
    public async Task Simultaneous_first_messages_open_one_case()
    {
        var center = await RealTimeCenter.Open(host, "simultaneous", "ana");
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => center.Write("eva", $"m{number}", $"text {number}")));
        Assert.Single(results.Select(result => result.CaseId).Distinct());
        Assert.Single(results, result => result.Opened);
        Assert.Equal(50, (await center.State(results[0].CaseId)).Messages);
    }

    [Fact]
    public async Task A_declined_case_goes_to_the_next_agent()
    {
        var center = await RealTimeCenter.Open(host, "decline", "ana", "ben");
        var ana = await center.SignIn("ana");
        var caseId = (await center.Write("eva", "m1")).CaseId;
        var offer = await ana.Next("offer.made", caseId);
        var ben = await center.SignIn("ben");
        Assert.Null((await center.Agent("ana").Decline("ana-session", caseId, offer.OfferId!, center.Command())).Refusal);
        await ben.Next("offer.made", caseId);
        Assert.Equal("ben", (await center.State(caseId)).Offers.Single().AgentId);
    }

    [Fact]
    public async Task A_forced_logout_gives_work_to_somebody_else()
    {
        var center = await RealTimeCenter.Open(host, "logout", "ana", "ben");
        var ana = await center.SignIn("ana");
        var caseId = (await center.Write("eva", "m1")).CaseId;
        var offer = await ana.Next("offer.made", caseId);
        Assert.Null((await center.Agent("ana").Accept("ana-session", caseId, offer.OfferId!, center.Command())).Refusal);
        var ben = await center.SignIn("ben");
        Assert.Null((await center.Agent("ana").SignOut(null, center.Command())).Refusal);
        await ana.Next("case.released", caseId);
        Assert.Equal(caseId, (await ben.Next("offer.made", caseId)).CaseId);
        Assert.Equal(RefusalCode.SessionClosed, (await center.Agent("ana").Heartbeat("ana-session")).Refusal?.Code);
    }

    public ValueTask InitializeAsync() => default;

    /// <summary>Whatever a test did, the journal must show nothing that must never be.</summary>
    public async ValueTask DisposeAsync()
    {
        var audit = await JournalAudit.Of(host.Journal, TimeSpan.FromMinutes(1));
        Assert.Empty(audit.Violations);
    }
}
