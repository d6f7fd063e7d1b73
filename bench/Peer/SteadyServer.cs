using Npgsql;

namespace RoutingGrid.Bench.Peer;

/// <summary>A PostgreSQL server as it is when it has run for long.</summary>
internal static class SteadyServer
{
    private const int PatienceSeconds = 120;

    /// <summary>A new server makes a file for every 16 MB of its log, and everybody's commits wait for that. After a checkpoint it takes old ones again, as it does from then on.</summary>
    public static async Task Checkpoint(string connection, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("CHECKPOINT");
        command.CommandTimeout = PatienceSeconds;
        try
        {
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            await Console.Error.WriteLineAsync("no checkpoint before measuring: the user may not make one");
        }
    }
}
