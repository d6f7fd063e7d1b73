using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Reports;
using RoutingGrid.Routing.Tests.Cases;
using static RoutingGrid.Routing.Tests.Cases.GivenCase;

namespace RoutingGrid.Routing.Tests.Reports;

/// <summary>The worked examples of docs/REPORTS.md about agents, and the cases that are easily counted wrongly.</summary>
public sealed class AgentReportTests
{
    [Fact]
    public void Every_offer_has_the_end_that_it_had()
    {
        var center = new Center().Do(0, Message("m1"), Offer("ana"), Offer("ben")).Do(5, Decline("ana")).Do(20, End("ben", OfferEnd.TimedOut));
        var later = Noon.AddSeconds(60);
        center.Do(30, Offer("eva") with { ExpiresAt = later }, Offer("leo")).Do(35, End("leo")).Do(36, Offer("mia")).Do(40, Accept("eva"));
        Assert.Equal(new AgentCounts { Offers = 1, Declined = 1 }, center.Agent("ana")!.Counts);
        Assert.Equal(new AgentCounts { Offers = 1, RungOut = 1 }, center.Agent("ben")!.Counts);
        Assert.Equal(new AgentCounts { Offers = 1, Accepted = 1 }, center.Agent("eva")!.Counts);
        Assert.Equal(new AgentCounts { Offers = 1, Withdrawn = 1 }, center.Agent("leo")!.Counts);
        Assert.Equal(new AgentCounts { Offers = 1, Superseded = 1 }, center.Agent("mia")!.Counts);
    }

    [Fact]
    public void An_offer_that_ends_after_midnight_counts_on_the_day_it_was_made()
    {
        const int midnight = 12 * 3600;
        var center = new Center().Do(midnight - 10, Message("m1"), Offer("ana") with { ExpiresAt = Noon.AddSeconds(midnight + 10) });
        Assert.Equal(1, center.Agent("ana")!.Counts.Open);
        center.Do(midnight + 5, Accept("ana"));
        Assert.Equal(new AgentCounts { Offers = 1, Accepted = 1 }, center.Agent("ana")!.Counts);
        Assert.Null(center.Agent("ana", day: 3));
    }

    [Fact]
    public void A_queue_that_assigns_without_asking_makes_an_offer_and_its_acceptance()
    {
        var center = new Center().Do(0, Message("m1"), Offer("ana") with { Queue = Queue with { AutoAssign = true } });
        Assert.Equal(new AgentCounts { Offers = 1, Accepted = 1 }, center.Agent("ana")!.Counts);
    }

    [Fact]
    public void What_a_person_gives_is_no_offer_and_takes_the_place_of_those_made()
    {
        var center = new Center().Do(0, Message("m1"), Offer("ana")).Do(5, Assign("ben")).Do(65, Assign("eva")).Do(75, Close("eva"));
        Assert.Equal(new AgentCounts { Offers = 1, Superseded = 1 }, center.Agent("ana")!.Counts);
        Assert.Equal(new AgentCounts { Given = 1, Handled = 1, HandlingMs = 60_000 }, center.Agent("ben")!.Counts);
        Assert.Equal(new AgentCounts { Given = 1, Handled = 1, HandlingMs = 10_000, Closed = 1 }, center.Agent("eva")!.Counts);
    }

    [Fact]
    public void A_case_that_comes_back_into_the_same_hands_is_handled_once_for_as_long_as_they_had_it()
    {
        var center = new Center().Do(0, Message("m1"), Assign("ana")).Do(10, Wait("ana")).Do(100, Message("m2")).Do(110, Assign("ana")).Do(130, Close("ana"));
        var day = center.Agent("ana")!.Counts;
        Assert.Equal((1L, 30_000L, 30d, 1L), (day.Handled, day.HandlingMs, day.TmoSeconds, day.Closed));
    }

    [Fact]
    public void After_reopening_it_is_handled_again()
    {
        var center = new Center().Do(0, Message("m1"), Assign("ana")).Do(10, Close("ana") with { ReopenUntil = Noon.AddHours(1) });
        center.Do(20, Assign("ana")).Do(50, Close("ana"));
        Assert.Equal((2L, 40_000L), (center.Agent("ana")!.Counts.Handled, center.Agent("ana")!.Counts.HandlingMs));
    }

    [Fact]
    public void Time_signed_in_is_told_by_activity_grace_included()
    {
        var center = new Center().Do(0, "ana", Center.SignIn()).Do(100, "ana", Center.Set("break")).Do(160, "ana", Center.Set("available"));
        center.Do(200, "ana", Center.SignIn(session: "phone")).Do(230, "ana", Center.SignOut("desk")).Do(330, "ana", Center.SignOut("phone", SessionEnd.Disconnected));
        var day = center.Agent("ana")!;
        Assert.Equal(("available", 270_000L), (day.Activities.Keys.First(), day.Activities["available"]));
        Assert.Equal((60_000L, 330_000L), (day.Activities["break"], day.SignedInMs));
    }

    [Fact]
    public void Who_is_still_signed_in_counts_until_now()
    {
        var center = new Center().Do(0, "ana", Center.SignIn());
        Assert.Equal(500_000, center.Agent("ana", now: 500)!.SignedInMs);
        Assert.Equal(12 * 3600 * 1000, center.Agent("ana")!.SignedInMs);
    }

    [Fact]
    public void An_activity_over_midnight_is_split_by_the_clock_of_the_zone()
    {
        var center = new Center().Do(0, "ana", Center.SignIn()).Do(20 * 3600, "ana", Center.SignOut());
        Assert.Equal((11 * 3600L * 1000, 9 * 3600L * 1000), (center.Agent("ana", zone: "Europe/Madrid")!.SignedInMs, center.Agent("ana", zone: "Europe/Madrid", day: 3)!.SignedInMs));
        Assert.Equal((17 * 3600L * 1000, 3 * 3600L * 1000), (center.Agent("ana", zone: "America/Bogota")!.SignedInMs, center.Agent("ana", zone: "America/Bogota", day: 3)!.SignedInMs));
    }

    [Fact]
    public void The_first_and_last_activity_are_what_the_agent_did_not_what_happened_to_them()
    {
        var center = new Center().Do(0, "ana", Center.SignIn() with { By = "agent:ana" }).Do(30, Message("m1"), Offer("ana") with { ExpiresAt = Noon.AddHours(1) });
        center.Do(40, Accept("ana") with { By = "agent:ana" }).Do(90, Answer("ana") with { By = "agent:ana" }).Do(200, Send("support"));
        center.Do(300, "ana", Center.SignOut(end: SessionEnd.Idle));
        Assert.Equal((Center.At(0), Center.At(90)), (center.Agent("ana")!.FirstAct!.Value, center.Agent("ana")!.LastAct!.Value));
    }

    [Fact]
    public void What_a_supervisor_does_is_nobodys_activity()
    {
        var center = new Center().Do(0, Message("m1"), Assign("ana") with { By = "key:1" });
        Assert.Equal((null, null), (center.Agent("ana")!.FirstAct, center.Agent("ana")!.LastAct));
    }
}
