using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Journal.Postgres.Archive;
using RoutingGrid.Journal.Postgres.Leadership;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Journal.Postgres.Migrations;
using RoutingGrid.Journal.Postgres.Reading;
using RoutingGrid.Journal.Postgres.Writing;

namespace RoutingGrid.Journal.Postgres;

/// <summary>A journal in a PostgreSQL database, which several processes may write at once: a few lanes, each of which commits
/// what waits in it as a group, and readers beside them.</summary>
public sealed partial class PostgresJournal : IJournal
{
    private static readonly Task Never = new TaskCompletionSource().Task;
    private readonly Server _server;
    private readonly Leader? _leader;
    private readonly PostgresJournalOptions _options;
    private readonly LaneQueues _queues;
    private readonly Lane[] _lanes;
    private readonly Task[] _running;
    private readonly Reads _reads;
    private readonly StreamReads _streams;
    private readonly EventReads _events;
    private readonly CustomerKeys _keys;
    private readonly ArchiveFiles _files;
    private readonly Archiver _archiver;
    private int _disposed;

    private PostgresJournal(Server server, Leader? leader, PostgresJournalOptions options, TimeProvider time, ILogger log)
    {
        (_server, _leader, _options) = (server, leader, options);
        _keys = new CustomerKeys(options.RememberedKeys);
        var numbers = new KnownNumbers(leader is not null);
        _queues = new LaneQueues(options.Lanes, options.QueueLimit, options.RememberedStreams, time, options.Together);
        _lanes = [.. Enumerable.Range(0, options.Lanes).Select(i => new Lane(i, _queues, server, leader, numbers, _keys, options, time, log))];
        _reads = new Reads(server);
        // Whoever reads the database may be on another machine: folders are kept as they are.
        _files = new ArchiveFiles(null, options.ArchiveFolder, ChecksumOf);
        _archiver = new Archiver(() => new PostgresArchiveTables(_reads, server, leader), _files, ChecksumOf);
        _streams = new StreamReads(server);
        _events = new EventReads(_reads, _streams, _files);
        Read = new PostgresReadModels(_reads, _events);
        Documents = new PostgresDocuments(_reads, server, leader);
        _running = [.. _lanes.Select(lane => Task.Factory.StartNew(lane.Run, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap())];
    }

    public IReadModels Read { get; }

    public IDocuments Documents { get; }

    internal Server Server => _server;

    internal Leader? Leader => _leader;

    internal Reads Reads => _reads;

    /// <summary>What was committed since the journal was opened.</summary>
    public PostgresJournalStatistics Statistics =>
        new(_lanes.Sum(lane => lane.Statistics.Groups), _lanes.Sum(lane => lane.Statistics.Writes));

    /// <summary>The database, for people, without the password.</summary>
    public string Place => _server.Place;

    /// <summary>Whether this process may act. Where one is active at a time, it may not while it cannot know that it still is the one.</summary>
    public bool MayAct => _leader is null or { MayAct: true };

    /// <summary>Done when another process has taken over: this one can write nothing more, and believes what is not true any more.</summary>
    public Task TakenOver => _leader?.TakenOver ?? Never;

    /// <summary>Opens the database, whose tables are brought up to date unless the options say otherwise.</summary>
    /// <exception cref="JournalUnusableException">The server cannot be reached or refuses, or the tables are of another version.</exception>
    public static async Task<PostgresJournal> Open(PostgresJournalOptions options, TimeProvider time, ILogger? logger = null, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.QueueLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.GroupLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Lanes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Readers, 1);
        var log = logger ?? NullLogger.Instance;
        var server = new Server(options);
        try
        {
            if (!options.Exclusive) await PrepareTables(server, options.Migrate, log, cancel);
            var leader = options.Exclusive ? await Lead(server, options, time, log, cancel) : null;
            return new PostgresJournal(server, leader, options, time, log);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public ValueTask<AppendResult> Append(Append append, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        AppendRules.Check(append);
        var pending = new PendingAppend(append, _keys.For(append), _keys);
        if (_leader is { TakenOver.IsCompleted: true }) pending.Fail(_leader.LearnTakenOver());
        else if (!_queues.TryAdd(pending))
            pending.Refuse(TimeToDrain(), $"{_options.QueueLimit:N0} appends wait to be written already ({nameof(PostgresJournalOptions.QueueLimit)}).");
        return new ValueTask<AppendResult>(pending.Done.WaitAsync(cancel));
    }

    public ValueTask<IReadOnlyList<RecordedEvent>> ReadStream(StreamId stream, long after = 0, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        return _events.OfStream(stream, after, long.MaxValue, cancel);
    }

    public ValueTask<IReadOnlyList<RecordedEvent>> ReadBeginning(StreamId stream, int enough, CancellationToken cancel = default) =>
        _events.OfStream(stream, 0, enough, cancel);

    /// <inheritdoc/>
    /// <remarks>It does not look into files: those of cases that are archived are beside others of about the same time.</remarks>
    public ValueTask<RecordedEvent?> Near(long after, CancellationToken cancel = default) => _events.Near(after, cancel);

    public IAsyncEnumerable<RecordedEvent> ReadAll(long after = 0, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        return _events.All(after, cancel);
    }

    public ValueTask<JournalEnd> End(CancellationToken cancel = default) => _events.End(cancel);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _queues.Close();
        await Task.WhenAll(_running);
        _reads.Close();
        await _streams.DisposeAsync();
        _files.Dispose();
        if (_leader is not null) await _leader.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <summary>Tables that others may be using are left alone until this process is the active one.</summary>
    private static async Task<Leader> Lead(Server server, PostgresJournalOptions options, TimeProvider time, ILogger log, CancellationToken cancel)
    {
        if ((await new Migrator(server).Missing(Migration.All, cancel)).Any(migration => migration.Version <= Leader.MadeBy))
            await PrepareTables(server, options.Migrate, log, cancel);
        var leader = await new Candidate(server, options, time, log).Take(cancel);
        try
        {
            await PrepareTables(server, options.Migrate, log, cancel);
            return leader;
        }
        catch
        {
            await leader.DisposeAsync();
            throw;
        }
    }

    private static async Task PrepareTables(Server server, bool migrate, ILogger log, CancellationToken cancel)
    {
        var migrator = new Migrator(server);
        if (migrate)
        {
            foreach (var migration in await migrator.Apply(Migration.All, cancel))
                log.LogInformation("Applied migration {Migration} to {Place}.", Migrator.NameOf(migration), server.Place);
        }
        else if (await migrator.Missing(Migration.All, cancel) is { Count: > 0 } missing)
        {
            throw new JournalUnusableException($"{server.Place} lacks {missing.Count} migrations, from {Migrator.NameOf(missing[0])} on. Run the verb `migrate` first.");
        }
    }

    private TimeSpan TimeToDrain()
    {
        var groups = 1 + _options.QueueLimit / _options.GroupLimit / _lanes.Length;
        return TimeSpan.FromSeconds(Math.Clamp(_lanes.Max(lane => lane.LastGroup).TotalSeconds * groups, 0.1, 5));
    }
}
