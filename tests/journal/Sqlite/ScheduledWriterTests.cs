namespace RoutingGrid.Journal.Tests.Sqlite;

/// <summary>A writer that is no thread but a turn of somebody's scheduler, as in a simulation.</summary>
public sealed class ScheduledWriterTests : SqliteTest
{
    private readonly ByHand _turns = new();

    [Fact]
    public async Task Nothing_is_written_before_its_turn_and_what_waits_for_it_is_one_group()
    {
        await using var journal = await Open(Options with { Scheduler = _turns });
        var waiting = Enumerable.Range(0, 50).Select(number => journal.Append(Given.Append(Given.Notes(Given.Case($"{number}"), 0, "a"))).AsTask()).ToArray();
        Assert.Equal(0, journal.Statistics.Groups);
        Assert.Empty(await journal.ReadStream(Given.Case("1")));
        _turns.RunAll();
        Assert.All(waiting, append => Assert.IsType<AppendResult.Committed>(append.GetAwaiter().GetResult()));
        Assert.Equal(1, journal.Statistics.Groups);
    }

    [Fact]
    public async Task The_answer_is_a_turn_of_its_own()
    {
        await using var journal = await Open(Options with { Scheduler = _turns });
        var waiting = journal.Append(Given.Append(Given.Notes(Given.Case("1"), 0, "a"))).AsTask();
        _turns.RunOne();
        Assert.Single(await journal.ReadStream(Given.Case("1")));
        Assert.False(waiting.IsCompleted);
        _turns.RunOne();
        Assert.True(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Closing_writes_what_waits()
    {
        var journal = await Open(Options with { Scheduler = _turns });
        _ = journal.Append(Given.Append(Given.Notes(Given.Case("1"), 0, "a"))).AsTask();
        await journal.DisposeAsync();
        await using var again = await Open();
        Assert.Single(await again.ReadStream(Given.Case("1")));
    }

    private sealed class ByHand : TaskScheduler
    {
        private readonly Queue<Task> _tasks = [];

        public void RunOne() => TryExecuteTask(_tasks.Dequeue());

        public void RunAll()
        {
            while (_tasks.Count > 0) RunOne();
        }

        protected override void QueueTask(Task task) => _tasks.Enqueue(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => _tasks;
    }
}
