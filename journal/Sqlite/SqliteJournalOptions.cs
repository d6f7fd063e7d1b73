namespace RoutingGrid.Journal.Sqlite;

/// <summary>When a commit is answered, seen from the disk.</summary>
public enum SqliteSynchronous
{
    /// <summary>After the disk has it. The only one under which acknowledged means durable.</summary>
    Full,

    /// <summary>After the operating system has it: a power cut may lose the last commits, a killed process does not.</summary>
    Normal,
}

/// <summary>Where the journal is and how much of the machine it takes.</summary>
public sealed record SqliteJournalOptions
{
    /// <summary>The database file. Its folder is made if need be; beside it are <c>-wal</c>, <c>-shm</c> and <c>.lock</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Appends that may wait to be written; beyond it they are refused as overload.</summary>
    public int QueueLimit { get; init; } = 20_000;

    /// <summary>Appends that share one commit at most. 1 commits one by one.</summary>
    public int GroupLimit { get; init; } = 2_000;

    public SqliteSynchronous Synchronous { get; init; } = SqliteSynchronous.Full;

    /// <summary>Memory for the writer's pages. While the file has less than a gigabyte, SQLite looks through all of them after nearly every commit; pages that are
    /// not among them come from the operating system's memory.</summary>
    public int CacheMegabytes { get; init; } = 32;

    /// <summary>Connections for reading.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>Streams whose version the writer remembers, so that it need not ask the table.</summary>
    public int RememberedStreams { get; init; } = 50_000;

    /// <summary>Customers whose key is remembered. One who is not, and writes again, gets one more key.</summary>
    public int RememberedKeys { get; init; } = 50_000;

    /// <summary>Where files of archived cases are looked for that are not where they were written.</summary>
    public string? ArchiveFolder { get; init; }

    /// <summary>What the folders of archived cases below the journal's own are relative to, where this is a copy elsewhere. Null: the folder of <see cref="Path"/>.</summary>
    public string? ArchiveRoot { get; init; }

    /// <summary>Where the writer's groups, its answers and reads of many rows run. Null: on a thread of the journal's own and on the pool.
    /// A simulation names its scheduler: then each is one of its turns, no thread is made, and the same seed writes the same file.</summary>
    public TaskScheduler? Scheduler { get; init; }

    /// <summary>The file's largest size in pages; 0: as large as the disk. Tests fill the disk with it.</summary>
    internal int PageLimit { get; init; }

    /// <summary>Called where the disk would be told to commit. Tests have it fail there.</summary>
    internal Action? BeforeCommit { get; init; }
}
