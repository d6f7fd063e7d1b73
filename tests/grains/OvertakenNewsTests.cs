using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Grains.Tests;

/// <summary>Messages that nobody waits for may overtake each other: older news must not undo what newer news said.</summary>
public sealed class OvertakenNewsTests
{
    [Fact]
    public void Old_news_does_not_take_a_waiting_case_from_the_router() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        var caseId = await center.Write("customer-1");
        await center.Accept("ana");
        var held = await center.Case(caseId);
        TestCenter.Done(await center.World.Agent("ana").SignOut(null, center.Command()));
        await center.Settle();
        await center.World.Router.CaseChanged(caseId, held);
        await center.SignIn("ana");
        Assert.Equal(caseId, (await center.OfferOf("ana"))?.CaseId);
    });

    [Fact]
    public void Old_news_does_not_put_a_closed_case_back_into_an_agent_s_hands() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        var first = await center.Write("customer-1");
        await center.Accept("ana");
        var held = (await center.World.Agent("ana").Get()).Holdings.Single();
        await center.Close("ana", first);
        await center.World.Agent("ana").CaseChanged(held with { CaseVersion = held.CaseVersion + 1 });
        var second = await center.Write("customer-2");
        Assert.Equal(second, (await center.OfferOf("ana"))?.CaseId);
    });

    [Fact]
    public void A_late_timeout_of_an_offer_that_was_accepted_leaves_no_place_taken() => TestCenter.Run(TestCenter.Simple(["ana"]), async center =>
    {
        await center.SignIn("ana");
        var first = await center.Write("customer-1");
        var offer = (await center.OfferOf("ana"))!;
        await center.Accept("ana");
        // The case is closed, and the clock's call overtakes the case's news to the agent.
        var close = center.World.Case(first).Close("ana", CloseKind.Handled, null, null, center.Command());
        await center.World.Agent("ana").Due(DeadlineKind.OfferExpires, $"{first}/{offer.OfferId}");
        await close;
        await center.Settle();
        var second = await center.Write("customer-2");
        Assert.Equal(second, (await center.OfferOf("ana"))?.CaseId);
    }, seed: 3);
}
