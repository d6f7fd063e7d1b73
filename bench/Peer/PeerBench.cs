using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using RoutingGrid.Journal.Tests.Postgres;

namespace RoutingGrid.Bench.Peer;

/// <summary><c>peer-table</c>: what people build instead, rows claimed with <c>FOR UPDATE SKIP LOCKED</c>. The yardstick for <c>lifecycle --store postgres</c>.</summary>
public static class PeerBench
{
    private const int WarmUpSeconds = 8;

    public static Command Create()
    {
        var store = new Option<string>("--store") { Description = "postgres: there is no other.", DefaultValueFactory = _ => "postgres" };
        store.AcceptOnlyFromAmong("postgres");
        var clients = new Option<int>("--clients") { Description = "Connections, each a channel and an agent by turns.", DefaultValueFactory = _ => 16 };
        var seconds = new Option<int>("--seconds") { Description = "How long to measure, after eight seconds of warming up and a checkpoint.", DefaultValueFactory = _ => 10 };
        var postgres = new Option<string?>("--postgres") { Description = "Connection to an empty database. Default: a server of its own, from the installed programs." };
        var command = new Command("peer-table", "The same case lives as rows of a table that are claimed with SKIP LOCKED.") { store, clients, seconds, postgres };
        command.SetAction((parsed, cancel) => Run(parsed.GetValue(clients), parsed.GetValue(seconds), parsed.GetValue(postgres), cancel));
        return command;
    }

    private static async Task<int> Run(int clients, int seconds, string? postgres, CancellationToken cancel)
    {
        await using var server = postgres is null ? await PostgresServer.Start(isDurable: true) : null;
        var connection = (server?.Connection("postgres") ?? postgres)!;
        await using var source = NpgsqlDataSource.Create($"{connection};Maximum Pool Size={clients + 1}");
        await using (var tables = source.CreateCommand(PeerSql.Tables + $"INSERT INTO agent SELECT i, 5, 0 FROM generate_series(0, {clients - 1}) i"))
            await tables.ExecuteNonQueryAsync(cancel);
        var all = await Task.WhenAll(Enumerable.Range(0, clients).Select(agent => PeerClient.Open(source, agent)));
        await Console.Error.WriteLineAsync($"{clients} clients: warming up");
        await Live(all, WarmUpSeconds, cancel);
        await SteadyServer.Checkpoint(connection, cancel);
        await Console.Error.WriteLineAsync($"measuring for {seconds} s");
        var (lives, empty, took) = await Live(all, seconds, cancel);
        foreach (var client in all) await client.DisposeAsync();
        Console.WriteLine(JsonSerializer.Serialize(
            new { casesPerSec = Math.Round(lives / took, 1), store = "postgres", clients, seconds = Math.Round(took, 2), lives, nothingWaited = empty }));
        return 0;
    }

    private static async Task<(long Lives, long Empty, double Seconds)> Live(PeerClient[] clients, int seconds, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        long lives = 0, empty = 0;
        await Task.WhenAll(clients.Select(client => Task.Run(
            async () =>
            {
                while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds && !cancel.IsCancellationRequested)
                {
                    if (await client.Live()) Interlocked.Increment(ref lives);
                    else Interlocked.Increment(ref empty);
                }
            }, cancel)));
        return (lives, empty, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
