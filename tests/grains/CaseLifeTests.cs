using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Grains.Tests;

/// <summary>The way of a case, from the first message to the end, through the real grains.</summary>
public sealed class CaseLifeTests
{
    [Fact]
    public void A_message_is_offered_accepted_answered_and_closed() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        Assert.Equal(CaseStatus.Offered, (await center.Case(caseId)).Status);

        Assert.Equal(caseId, await center.Accept("ana"));
        Assert.Null((await center.World.Case(caseId).Answer("ana", "r1", null, "buenas", center.Command())).Refusal);
        var answered = await center.Case(caseId);
        Assert.Equal("ana", answered.Holder);
        Assert.Equal(ShownStatus.Pending, answered.Shown);

        await center.Close("ana", caseId);
        Assert.Equal(CaseStatus.Closed, (await center.Case(caseId)).Status);
        Assert.Empty((await center.World.Agent("ana").Get()).Holdings);
    });

    [Fact]
    public void Simultaneous_first_messages_open_one_case() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => center.TryWrite("customer-1", $"text {i}")));
        Assert.Single(results.Select(result => result.CaseId).Distinct());
        Assert.Single(results, result => result.Opened);
        Assert.Equal(20, (await center.Case(results[0].CaseId)).Messages);
    });

    [Fact]
    public void The_same_message_again_changes_nothing_and_names_its_case() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        var caseId = await center.Write("customer-1", "hola", "id-1");
        var before = await center.Case(caseId);
        var again = await center.TryWrite("customer-1", "hola", "id-1");
        Assert.Equal((caseId, true), (again.CaseId, again.Duplicate));
        Assert.Equal(before.Version, (await center.Case(caseId)).Version);

        var reused = await center.TryWrite("customer-1", "something else", "id-1");
        Assert.Equal(RefusalCode.MessageIdReused, reused.Refusal?.Code);
    });

    [Fact]
    public void A_message_on_a_waiting_case_wakes_it_and_prefers_who_had_it() => TestCenter.Run(TestCenter.Simple(["ana", "ben"]), async center =>
    {
        await center.SignIn("ana", "ben");
        var caseId = await center.Write("customer-1");
        var holder = (await center.Case(caseId)).Offers[0].AgentId;
        await center.Accept(holder);
        Assert.Null((await center.World.Case(caseId).Wait(holder, WaitingFor.Customer, null, null, center.Command())).Refusal);
        await center.Settle();
        Assert.Equal(CaseStatus.Waiting, (await center.Case(caseId)).Status);

        Assert.Equal(caseId, await center.Write("customer-1", "aqui estoy"));
        Assert.Equal(holder, (await center.Case(caseId)).Offers.Single().AgentId);
    });

    [Fact]
    public void A_message_reopens_a_closed_case_within_its_window_and_opens_a_new_one_after() => TestCenter.Run(
        TestCenter.Simple(["ana"], queue => queue with { ReopenSeconds = 60 }), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        await center.Accept("ana");
        await center.Close("ana", caseId);

        await center.Pass(30);
        Assert.Equal(caseId, await center.Write("customer-1", "una cosa mas"));
        await center.Accept("ana");
        await center.Close("ana", caseId);

        await center.Pass(61);
        var next = await center.Write("customer-1", "otra cosa");
        Assert.NotEqual(caseId, next);
        Assert.Equal(caseId, (await center.Case(next)).Previous);
    });

    [Fact]
    public void A_case_that_waits_in_vain_for_its_customer_expires() => TestCenter.Run(
        TestCenter.Simple(["ana"], queue => queue with { CustomerSilenceSeconds = 600 }), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        await center.Accept("ana");
        await center.World.Case(caseId).Wait("ana", WaitingFor.Customer, null, null, center.Command());
        await center.Pass(601);
        Assert.Equal(CloseKind.Expired, (await center.Case(caseId)).CloseKind);
    });

    [Fact]
    public void An_escalated_case_comes_back_at_its_follow_up() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        await center.Accept("ana");
        Assert.Null((await center.World.Case(caseId).Escalate("ana", "billing department", center.Now.AddMinutes(10), null, center.Command())).Refusal);
        await center.Pass(599);
        Assert.Equal(CaseStatus.Escalated, (await center.Case(caseId)).Status);
        await center.Pass(2);
        Assert.Equal(CaseStatus.Offered, (await center.Case(caseId)).Status);
    });

    [Fact]
    public void A_missed_first_answer_is_recorded_once() => TestCenter.Run(
        TestCenter.Simple(["ana"], queue => queue with { Targets = new TargetSettings { FirstAnswerSeconds = 300 } }), async center =>
    {
        var caseId = await center.Write("customer-1");
        await center.Pass(1000);
        var missed = Assert.Single((await center.Events(caseId)).OfType<TargetMissed>());
        Assert.Equal(DeadlineKind.FirstAnswer, missed.Target);
        Assert.Equal(missed.DueAt, missed.At);
    });

    [Fact]
    public void A_transfer_keeps_the_waiting_time() => TestCenter.Run(
        TestCenter.Simple(["ana"]) with { Queues = [new QueueSettings { Name = "support" }, new QueueSettings { Name = "second" }] }, async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        var start = (await center.Case(caseId)).VirtualStart;
        await center.Accept("ana");
        await center.Pass(100);
        Assert.Null((await center.World.Case(caseId).Transfer("ana", "second", center.Command())).Refusal);
        var state = await center.Case(caseId);
        Assert.Equal(("second", CaseStatus.Queued, start), (state.Queue, state.Status, state.VirtualStart));
        Assert.Equal(RefusalCode.QueueUnknown, (await center.World.Case(caseId).Transfer(null, "nowhere", center.Command())).Refusal?.Code);
    });
}
