using Npgsql;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Tests.Postgres;

[assembly: AssemblyFixture(typeof(TestDatabases.Ending))]

namespace RoutingGrid.Journal.Tests.Postgres;

/// <summary>The server of this test process, started when the first test asks for it, and a database for every test.</summary>
internal static class TestDatabases
{
    private const string Template = "template_journal";
    private static readonly Lazy<Task<PostgresServer>> Shared = new(Start);
    private static int s_count;

    /// <summary>Skips the test where there is no server to be had.</summary>
    internal static void Need() =>
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL is not installed (Debian: apt-get install postgresql).");

    internal static async Task<PostgresServer> Server()
    {
        Need();
        return await Shared.Value;
    }

    /// <summary>The connection to a fresh database that has the tables.</summary>
    internal static Task<string> Create() => Create(Template);

    /// <summary>The connection to a fresh database without anything.</summary>
    internal static Task<string> CreateEmpty() => Create("template0");

    internal static async Task Execute(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    internal static async Task<object?> Ask(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task<string> Create(string template)
    {
        var server = await Server();
        var name = $"test_{Interlocked.Increment(ref s_count)}";
        await Execute(server.Connection("postgres"), $"CREATE DATABASE {name} TEMPLATE {template}");
        return server.Connection(name);
    }

    private static async Task<PostgresServer> Start()
    {
        var server = await PostgresServer.Start(isDurable: false);
        await Execute(server.Connection("postgres"), $"CREATE DATABASE {Template}");
        await using (await PostgresJournal.Open(new PostgresJournalOptions { Connection = server.Connection(Template) }, TimeProvider.System)) { }
        return server;
    }

    /// <summary>Stops the server after the last test.</summary>
    public sealed class Ending : IAsyncLifetime
    {
        public ValueTask InitializeAsync() => default;

        public async ValueTask DisposeAsync()
        {
            if (Shared.IsValueCreated) await (await Shared.Value).DisposeAsync();
        }
    }
}
