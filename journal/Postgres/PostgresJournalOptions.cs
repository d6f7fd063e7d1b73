using RoutingGrid.Journal.Postgres.Leadership;

namespace RoutingGrid.Journal.Postgres;

/// <summary>Where the journal is and how much of the server it takes.</summary>
public sealed record PostgresJournalOptions
{
    /// <summary>As Npgsql reads it: <c>Host=…;Database=…;Username=…</c>. Never shown: it may have a password.</summary>
    public required string Connection { get; init; }

    /// <summary>Bring the tables up to date when the journal is opened. Otherwise it is refused where they are not.</summary>
    public bool Migrate { get; init; } = true;

    /// <summary>Of all processes that open it in this way, one is active at a time. For an engine that runs every grain in one process.</summary>
    public bool Exclusive { get; init; }

    /// <summary>Where another process is active, wait for that one to end instead of being refused.</summary>
    public bool StandBy { get; init; }

    /// <summary>What this process is called where others say who is active.</summary>
    public string Holder { get; init; } = $"{Environment.MachineName}, process {Environment.ProcessId}";

    /// <summary>Called with the name of the active process, when this one begins to wait for it and when it is another one.</summary>
    public Action<string>? OnStandBy { get; init; }

    /// <summary>Connections that write. A stream's appends all go through one at a time. More than processors can serve make smaller groups, which cost more.</summary>
    public int Lanes { get; init; } = Math.Clamp(Environment.ProcessorCount, 2, 4);

    /// <summary>While fewer appends wait in the first lane, and its group does not take a quarter of a second, all that may choose a lane go there: one larger group costs less than several small ones
    /// beside each other. 0: by their stream from the first on.</summary>
    public int Together { get; init; } = 96;

    /// <summary>Connections for reading and for documents.</summary>
    public int Readers { get; init; } = 8;

    /// <summary>Appends that may wait to be written; beyond it they are refused as overload.</summary>
    public int QueueLimit { get; init; } = 20_000;

    /// <summary>Appends that share one commit at most. 1 commits one by one.</summary>
    public int GroupLimit { get; init; } = 1_000;

    /// <summary>For how long appends wait for a server that cannot be reached before they are refused as overload.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Streams whose number is remembered, and, by who writes alone, their version.</summary>
    public int RememberedStreams { get; init; } = 50_000;

    /// <summary>Customers whose key is remembered. One who is not, and writes again, gets one more key.</summary>
    public int RememberedKeys { get; init; } = 50_000;

    /// <summary>Where files of archived cases are looked for that are not where they were written.</summary>
    public string? ArchiveFolder { get; init; }

    /// <summary>How long an active process is active without saying so again.</summary>
    internal Lease Lease { get; init; } = new();

    /// <summary>A lane that writes alone and has been idle for so long asks whether its connection still is one before it writes.</summary>
    internal TimeSpan ProbeAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Called with a transaction open, its rows locked, before the rest of it and the commit are sent. Tests hold it there.</summary>
    internal Func<Task>? BeforeCommit { get; init; }
}
