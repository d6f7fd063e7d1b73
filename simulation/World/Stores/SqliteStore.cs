using RoutingGrid.Engine.Simulation;
using RoutingGrid.Journal;
using RoutingGrid.Journal.Sqlite;

namespace RoutingGrid.Simulation.World.Stores;

/// <summary>SQLite files in a folder of their own. A crash leaves the bytes that the files had at that moment, as <c>kill -9</c> does.</summary>
/// <param name="folder">Made if need be, and deleted in the end.</param>
public sealed class SqliteStore(string folder) : SimulatedStore
{
    // A commit that is under way ends within a few turns; this many are enough for it to come up.
    private const int TurnsOfACommit = 24;

    private int _number;

    public override IJournal Open(TimeProvider time, TaskScheduler turns)
    {
        var options = new SqliteJournalOptions
        {
            Path = File(_number), Scheduler = turns, Synchronous = SqliteSynchronous.Normal, CacheMegabytes = 4, Readers = 2, RememberedStreams = 1000,
        };
        var opening = SqliteJournal.Open(options, time);
        return opening.IsCompleted ? opening.GetAwaiter().GetResult() : throw new InvalidOperationException("The journal did not open at once, although it makes no thread.");
    }

    /// <summary>The file and its log are copied; what a commit adds to the log meanwhile is cut off anywhere.</summary>
    public override async Task Crash(SeededRandom random)
    {
        var (old, next) = (File(_number), File(++_number));
        System.IO.File.Copy(old, next);
        var sure = LengthOf(old + "-wal");
        for (var turn = 0; turn < TurnsOfACommit; turn++) await Task.Yield();
        var more = LengthOf(old + "-wal") - sure;
        CopyStart(old + "-wal", next + "-wal", sure + (more > 0 ? random.Below((int)more + 1) : 0));
    }

    public override void Dispose() => Directory.Delete(folder, recursive: true);

    private string File(int number) => Path.Combine(folder, $"journal-{number}.db");

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static void CopyStart(string from, string to, long length)
    {
        if (length == 0) return;
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var target = new FileStream(to, FileMode.CreateNew);
        var buffer = new byte[length];
        source.ReadExactly(buffer);
        target.Write(buffer);
    }
}
