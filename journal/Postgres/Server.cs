using Npgsql;

namespace RoutingGrid.Journal.Postgres;

/// <summary>The server as the journal uses it: connections that write, connections that read, and its name for people.</summary>
internal sealed class Server : IAsyncDisposable
{
    /// <summary>Everything of the journal's is in a schema of its own: the database may serve others too.</summary>
    internal const string Schema = "routinggrid";

    private const string PlainSettings = "SELECT set_config('search_path', 'routinggrid', false)";

    // Plans are made once, also while tables are still empty: a lane's rows are always found by index, whatever statistics say.
    private const string LaneSettings =
        """
        SELECT set_config('search_path', 'routinggrid', false), set_config('jit', 'off', false), set_config('plan_cache_mode', 'force_generic_plan', false),
            set_config('enable_seqscan', 'off', false), set_config('enable_hashjoin', 'off', false), set_config('enable_mergejoin', 'off', false),
            set_config('lock_timeout', '10s', false), set_config('idle_in_transaction_session_timeout', '15s', false),
            set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false)
        """;

    // What ReadAll relies on: each statement sees what was committed before it began.
    private const string ReaderSettings =
        """
        SELECT set_config('search_path', 'routinggrid', false), set_config('jit', 'off', false),
            set_config('default_transaction_isolation', 'read committed', false),
            set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false)
        """;

    /// <exception cref="JournalUnusableException">The connection string is none.</exception>
    internal Server(PostgresJournalOptions options)
    {
        var given = Parse(options.Connection);
        var database = (given.Database ?? given.Username) is { } name ? $"PostgreSQL database '{name}'" : "PostgreSQL's database of this user";
        Place = $"{database} at {given.Host}{(given.Host?.Contains(':') == true ? "" : $":{given.Port}")}";
        Plain = Source(given, PlainSettings, pooled: 0);
        Lanes = Source(given, LaneSettings, pooled: 0);
        Readers = Source(given, ReaderSettings, options.Readers);
    }

    /// <summary>Names the database for messages, without the password.</summary>
    internal string Place { get; }

    internal NpgsqlDataSource Lanes { get; }

    internal NpgsqlDataSource Readers { get; }

    /// <summary>Connections for setting up the tables.</summary>
    internal NpgsqlDataSource Plain { get; }

    public async ValueTask DisposeAsync()
    {
        await Readers.DisposeAsync();
        await Lanes.DisposeAsync();
        await Plain.DisposeAsync();
    }

    private static NpgsqlConnectionStringBuilder Parse(string connection)
    {
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(connection);
            if (string.IsNullOrEmpty(parsed.Host)) throw new ArgumentException("It names no Host.");
            return parsed;
        }
        catch (ArgumentException e)
        {
            // The text itself is not repeated: it may have a password.
            throw new JournalUnusableException(
                $"The connection to PostgreSQL cannot be understood: {e.Message} Write it as Host=127.0.0.1;Port=5432;Database=routinggrid;Username=routinggrid.");
        }
    }

    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder given, string settings, int pooled)
    {
        var own = new NpgsqlConnectionStringBuilder(given.ConnectionString)
        {
            ApplicationName = given.ApplicationName ?? "routinggrid",
            Pooling = pooled > 0,
            MaxAutoPrepare = 60,
            AutoPrepareMinUsages = 2,
            CommandTimeout = 60,
            // The sessions of a pool keep their settings and prepared statements, and never leave anything else behind.
            NoResetOnClose = true,
            IncludeErrorDetail = false,
            PersistSecurityInfo = false,
        };
        // Of several hosts, the one that writes, for reading too: what still runs is known there only (docs/ARCHITECTURE.md, "Positions").
        if (given.Host!.Contains(',')) own.TargetSessionAttributes = "primary";
        if (pooled > 0)
        {
            own.MaxPoolSize = pooled;
            own.MinPoolSize = 0;
            // A search reads rows of some KB by the thousand: one that is larger than the buffer gets a buffer of its own.
            own.ReadBufferSize = Math.Max(own.ReadBufferSize, 64 * 1024);
        }
        var source = new NpgsqlDataSourceBuilder(own.ConnectionString);
        source.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = new NpgsqlCommand(settings, connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                await using var command = new NpgsqlCommand(settings, connection);
                await command.ExecuteNonQueryAsync();
            });
        return source.Build();
    }
}
