using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Reports;
using RoutingGrid.Routing.Tests.Cases;
using static RoutingGrid.Routing.Tests.Cases.GivenCase;

namespace RoutingGrid.Routing.Tests.Reports;

/// <summary>The worked examples of docs/REPORTS.md about queues, and the cases that are easily counted wrongly.</summary>
public sealed class QueueReportTests
{
    [Fact]
    public void A_plain_life()
    {
        var queue = Whole(new Center().Do(0, Message("m1"), Offer("ana")).Do(12, Accept("ana")).Do(60, Answer("ana")).Do(132, Close("ana")));
        Assert.Equal(new QueueCounts { Arrived = 1, Assigned = 1, AssignedInTime = 1, WaitMs = 12_000, Answered = 1, Closed = 1, Handled = 1, HandlingMs = 120_000 }, queue.Counts);
        Assert.Equal((12d, 120d, 1d, 12_000L), (queue.Counts.TmeSeconds, queue.Counts.TmoSeconds, queue.Counts.ServiceLevel, queue.LongestWaitMs));
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(21, 0)]
    public void Served_within_the_time_includes_the_last_moment(int wait, int inTime) =>
        Assert.Equal(inTime, Whole(new Center().Do(0, Message("m1"), Offer("ana")).Do(wait, Assign("ana"))).Counts.AssignedInTime);

    [Fact]
    public void Who_gives_up_waiting_counts_against_the_level_however_soon()
    {
        var queue = Whole(new Center().Do(0, Message("m1")).Do(3, Close(kind: CloseKind.Abandoned)));
        Assert.Equal(new QueueCounts { Arrived = 1, Abandoned = 1, Closed = 1 }, queue.Counts);
        Assert.Equal((0d, 0d, 0d, 3_000L), (queue.Counts.TmeSeconds, queue.Counts.TmoSeconds, queue.Counts.ServiceLevel, queue.LongestWaitMs));
    }

    [Theory]
    [InlineData(CloseKind.Bulk)]
    [InlineData(CloseKind.Merged)]
    [InlineData(CloseKind.Expired)]
    [InlineData(CloseKind.Handled)]
    public void Other_closings_of_waiting_cases_are_neither_abandoned_nor_handled(CloseKind kind)
    {
        var queue = Whole(new Center().Do(0, Message("m1")).Do(30, Close(kind: kind)));
        Assert.Equal(new QueueCounts { Arrived = 1, Closed = 1 }, queue.Counts);
        Assert.Equal(1, queue.Counts.ServiceLevel);
    }

    [Fact]
    public void Time_that_a_case_is_set_aside_is_not_handling_whether_or_not_it_keeps_its_agent()
    {
        foreach (var keeps in new[] { true, false })
        {
            var center = new Center().Do(0, Message("m1"), Assign("ana")).Do(10, Wait("ana") with { KeepsCapacity = keeps });
            center.Do(110, Message("m2"));
            if (!keeps) center.Do(115, Assign("ana"));
            center.Do(140, Close("ana"));
            Assert.Equal(keeps ? 40_000 : 35_000, Whole(center).Counts.HandlingMs);
            Assert.Equal(1, Whole(center).Counts.Handled);
        }
    }

    [Fact]
    public void A_case_that_expires_while_set_aside_was_handled()
    {
        var queue = Whole(new Center().Do(0, Message("m1"), Assign("ana")).Do(10, Wait("ana")).Do(4000, Due(DeadlineKind.WakeUp)));
        Assert.Equal((1L, 1L, 10_000L, 0L), (queue.Counts.Closed, queue.Counts.Handled, queue.Counts.HandlingMs, queue.Counts.Abandoned));
    }

    [Fact]
    public void The_queue_where_a_case_is_served_owns_its_whole_wait_and_the_one_where_it_is_closed_its_whole_handling()
    {
        var center = new Center().Do(0, Message("m1")).Do(30, Send("second")).Do(40, Assign("ana")).Do(100, Send("third", "ana")).Do(150, Assign("ben")).Do(160, Close("ben"));
        Assert.Equal(new QueueCounts { Arrived = 1, TransferredOut = 1 }, Whole(center).Counts);
        Assert.Equal(new QueueCounts { TransferredIn = 1, TransferredOut = 1, Assigned = 1, WaitMs = 40_000 }, Whole(center, "second").Counts);
        Assert.Equal(new QueueCounts { TransferredIn = 1, Closed = 1, Handled = 1, HandlingMs = 70_000 }, Whole(center, "third").Counts);
        Assert.Equal((30_000L, 40_000L, 50_000L), (Whole(center).LongestWaitMs, Whole(center, "second").LongestWaitMs, Whole(center, "third").LongestWaitMs));
    }

    [Fact]
    public void A_returned_case_is_waited_for_once_and_its_second_wait_begins_anew()
    {
        var center = new Center().Do(0, Message("m1")).Do(15, Assign("ana")).Do(100, Send("support", "ana")).Do(130, Assign("ben")).Do(150, Close("ben"));
        var queue = Whole(center);
        Assert.Equal((1L, 15_000L, 1L, 105_000L), (queue.Counts.Assigned, queue.Counts.WaitMs, queue.Counts.Handled, queue.Counts.HandlingMs));
        Assert.Equal((0L, 0L, 30_000L), (queue.Counts.TransferredIn, queue.Counts.TransferredOut, queue.LongestWaitMs));
    }

    [Fact]
    public void A_case_that_was_served_and_returned_cannot_be_abandoned()
    {
        var queue = Whole(new Center().Do(0, Message("m1"), Assign("ana")).Do(10, Send("support", "ana")).Do(20, Close(kind: CloseKind.Abandoned)));
        Assert.Equal((0L, 1L, 10_000L), (queue.Counts.Abandoned, queue.Counts.Handled, queue.Counts.HandlingMs));
    }

    [Fact]
    public void A_reopened_case_neither_arrives_nor_waits_nor_is_answered_again_but_is_handled_again()
    {
        var center = new Center().Do(0, Message("m1"), Assign("ana"), Answer("ana")).Do(10, Close("ana") with { ReopenUntil = Noon.AddHours(1) });
        center.Do(500, Message("m2")).Do(700, Assign("ben"), Answer("ben") with { ReplyId = "r2" }).Do(730, Close("ben"));
        Assert.Equal(
            new QueueCounts { Arrived = 1, Assigned = 1, AssignedInTime = 1, Answered = 1, Closed = 2, Handled = 2, HandlingMs = 40_000 }, Whole(center).Counts);
        Assert.Equal(200_000, Whole(center).LongestWaitMs);
    }

    [Fact]
    public void A_reopened_case_that_gives_up_was_not_abandoned_even_if_nobody_had_it_before()
    {
        var center = new Center().Do(0, Message("m1")).Do(10, Close(kind: CloseKind.Bulk) with { ReopenUntil = Noon.AddHours(1) });
        center.Do(20, Message("m2")).Do(30, Close(kind: CloseKind.Abandoned));
        Assert.Equal(new QueueCounts { Arrived = 1, Closed = 2 }, Whole(center).Counts);
    }

    [Fact]
    public void Who_still_waits_counts_in_the_longest_wait_of_every_interval_so_far()
    {
        var fold = new Center().Do(0, Message("m1")).Fold;
        var rows = fold.Queues(Center.Day(length: TimeSpan.FromMinutes(15)), Center.At(2000));
        Assert.Equal([900_000, 1_800_000, 2_000_000], rows.Select(row => row.LongestWaitMs));
        Assert.Equal([1, 0, 0], rows.Select(row => row.Counts.Arrived));
    }

    [Fact]
    public void Escalated_time_is_no_wait_for_an_agent_but_is_the_customers()
    {
        var center = new Center().Do(0, Message("m1")).Do(10, Escalate()).Do(3610, Due(DeadlineKind.FollowUp)).Do(3615, Assign("ana"));
        Assert.Equal((3_615_000L, 10_000L), (Whole(center).Counts.WaitMs, Whole(center).LongestWaitMs));
    }

    [Fact]
    public void What_is_configured_later_changes_no_level_of_before()
    {
        var center = new Center(serviceLevelSeconds: 20).Do(0, Message("m1")).Do(25, Assign("ana"));
        center.Fold.Configured(new WorkspaceConfiguration { Queues = [new() { Name = "support", Targets = new() { ServiceLevelSeconds = 60 } }] });
        Assert.Equal(0, Whole(center).Counts.ServiceLevel);
    }

    private static QueueInterval Whole(Center center, string queue = "support") => center.Queue(queue)!;
}
