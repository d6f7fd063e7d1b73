using Npgsql;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>Statements on the connection of whoever follows, within its transaction.</summary>
internal static class Statements
{
    internal static async Task Run(this NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync();
    }

    internal static async Task Each(this NpgsqlConnection connection, string sql, Action<NpgsqlDataReader> read, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) read(rows);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        // A batch is as large as it is, and a database may be busy.
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
