using System.Collections.Immutable;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Journal.Postgres.Writing;

namespace RoutingGrid.Journal.Tests.Postgres;

/// <summary>Which lane takes which append, without a server.</summary>
public sealed class LaneQueuesTests
{
    private const int Lanes = 3;

    /// <summary>Adds, takes and finishes in a random order, and checks what lanes rely on after every step.</summary>
    [Fact]
    public async Task No_subject_is_in_two_lanes_and_each_is_served_in_order()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var (queues, random) = (new LaneQueues(Lanes, int.MaxValue, remembered: seed % 8, new HeldTime(), together: seed % 5), new Random(seed));
            var order = new Dictionary<PendingAppend, int>();
            var taken = new List<PendingAppend>?[Lanes];
            var lastOf = new Dictionary<StreamId, int>();
            var served = 0;
            while (served < 60)
            {
                if (order.Count < 60 && random.Next(3) > 0)
                {
                    var append = Pending([.. Enumerable.Range(0, 6).OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(i => Given.Case($"{i}"))]);
                    order[append] = order.Count;
                    Assert.True(queues.TryAdd(append));
                    continue;
                }
                var lane = random.Next(Lanes);
                if (taken[lane] is { } done)
                {
                    queues.Done(done);
                    taken[lane] = null;
                    continue;
                }
                if (!HasWork(queues, lane)) continue;
                taken[lane] = (await queues.Take(lane, random.Next(1, 4), int.MaxValue))!;
                served += taken[lane]!.Count;
                foreach (var append in taken[lane]!)
                {
                    foreach (var subject in append.Subjects)
                    {
                        Assert.True(lastOf.GetValueOrDefault(subject, -1) < order[append], $"seed {seed}: {subject} is served out of order.");
                        lastOf[subject] = order[append];
                    }
                }
                var busy = taken.Where(group => group is not null).Select(group => group!.SelectMany(append => append.Subjects).Distinct()).SelectMany(subjects => subjects).ToList();
                Assert.True(busy.Count == busy.Distinct().Count(), $"seed {seed}: a subject is in two lanes.");
            }
        }
    }

    [Fact]
    public async Task What_is_under_way_in_two_lanes_is_waited_for_and_holds_back_what_comes_after_it()
    {
        var queues = new LaneQueues(Lanes, 10, 100, new HeldTime());
        var (one, other) = TwoLanes();
        PendingAppend first = Pending(one), second = Pending(other), both = Pending(one, other), after = Pending(other), elsewhere = Pending(one);
        foreach (var append in (PendingAppend[])[first, second, both, after, elsewhere]) Assert.True(queues.TryAdd(append));

        var groups = new List<List<PendingAppend>>();
        for (var lane = 0; lane < Lanes; lane++)
            if (HasWork(queues, lane)) groups.Add((await queues.Take(lane, 10, int.MaxValue))!);
        Assert.Equal([[first], [second]], groups.OrderBy(group => group[0] == second));

        queues.Done([first]);
        queues.Done([second]);
        var rest = new List<PendingAppend>();
        for (var lane = 0; lane < Lanes; lane++)
            if (HasWork(queues, lane)) rest.AddRange((await queues.Take(lane, 10, int.MaxValue))!);
        Assert.Equal([both, after, elsewhere], rest);
    }

    [Fact]
    public void Little_goes_to_the_first_lane_and_more_to_all_by_their_streams()
    {
        var queues = new LaneQueues(Lanes, int.MaxValue, 1000, new HeldTime(), together: 10);
        for (var number = 0; number < 10; number++) Assert.True(queues.TryAdd(Pending(Given.Case($"{number}"))));
        Assert.Equal([10, 0, 0], Enumerable.Range(0, Lanes).Select(queues.WaitingIn));
        for (var number = 10; number < 100; number++) Assert.True(queues.TryAdd(Pending(Given.Case($"{number}"))));
        Assert.All(Enumerable.Range(0, Lanes), lane => Assert.InRange(queues.WaitingIn(lane), 20, 60));
    }

    [Fact]
    public async Task Nothing_more_goes_to_a_first_lane_that_stands_still()
    {
        var time = new HeldTime();
        var queues = new LaneQueues(Lanes, int.MaxValue, 1000, time, together: 1000);
        for (var number = 0; number < 10; number++) Assert.True(queues.TryAdd(Pending(Given.Case($"{number}"))));
        var group = (await queues.Take(0, 4, int.MaxValue))!;
        time.Passed = LaneQueues.Long;
        for (var number = 10; number < 100; number++) Assert.True(queues.TryAdd(Pending(Given.Case($"{number}"))));
        Assert.All(Enumerable.Range(0, Lanes), lane => Assert.InRange(queues.WaitingIn(lane), 20, 60));

        queues.Done(group);
        var before = Enumerable.Range(0, Lanes).Select(queues.WaitingIn).ToList();
        Assert.NotEmpty((await queues.Take(0, 4, int.MaxValue))!);
        for (var number = 100; number < 110; number++) Assert.True(queues.TryAdd(Pending(Given.Case($"{number}"))));
        Assert.Equal([before[0] - 4 + 10, before[1], before[2]], Enumerable.Range(0, Lanes).Select(queues.WaitingIn));
    }

    [Fact]
    public async Task Closed_it_hands_out_what_waits_and_then_ends()
    {
        var queues = new LaneQueues(Lanes, 2, 100, new HeldTime());
        var sleeping = queues.Take(1, 1, 1);
        var append = new PendingAppend(new Append([], [], [new Claim("key", "")]), Sealing.None, null);
        Assert.True(queues.TryAdd(append));
        Assert.True(queues.TryAdd(append));
        Assert.False(queues.TryAdd(append));
        queues.Close();
        Assert.Throws<ObjectDisposedException>(() => queues.TryAdd(append));
        Assert.Null(await sleeping);
        Assert.Single((await queues.Take(0, 1, 1))!);
        Assert.Single((await queues.Take(0, 1, 1))!);
        Assert.Null(await queues.Take(0, 1, 1));
    }

    // A lane that finds nothing sleeps, and would take what comes later away from the test.
    private static bool HasWork(LaneQueues queues, int lane) => queues.WaitingIn(lane) > 0;

    /// <summary>Two streams whose hashes lead to different lanes.</summary>
    private static (StreamId, StreamId) TwoLanes()
    {
        var names = Enumerable.Range(0, 20).Select(i => Given.Case($"{i}")).ToList();
        return (names[0], names.First(name => LaneQueues.LaneOf(name, Lanes) != LaneQueues.LaneOf(names[0], Lanes)));
    }

    private static PendingAppend Pending(params StreamId[] streams) =>
        new(new Append([.. streams.Select(stream => new StreamAppend(stream, 0, ImmutableArray<Routing.DomainEvent>.Empty))], [], []), Sealing.None, null);
}
