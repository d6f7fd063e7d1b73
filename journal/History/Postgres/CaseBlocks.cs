using Npgsql;
using RoutingGrid.Journal.History.Search;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>Reads and writes what a batch changes in blocks.</summary>
internal sealed class CaseBlocks(NpgsqlConnection connection)
{
    private const string Get = "SELECT b.id, b.body FROM unnest($1::bigint[]) AS u(id) JOIN history_block b ON b.id = u.id";
    private const string Put = "INSERT INTO history_block (id, body) SELECT * FROM unnest($1::bigint[], $2::bytea[]) ON CONFLICT (id) DO UPDATE SET body = excluded.body";

    private const string GetAuthors = "SELECT a.id, a.body FROM unnest($1::bigint[]) AS u(id) JOIN history_author a ON a.id = u.id";
    private const string PutAuthors = "INSERT INTO history_author (id, body) SELECT * FROM unnest($1::bigint[], $2::bytea[]) ON CONFLICT (id) DO UPDATE SET body = excluded.body";

    private const string GetHeld =
        """
        SELECT h.workspace, h.agent, h.number, h.body FROM unnest($1::integer[], $2::integer[], $3::bigint[]) AS u(workspace, agent, number)
        JOIN history_held h ON h.workspace = u.workspace AND h.agent = u.agent AND h.number = u.number
        """;

    private const string PutHeld =
        """
        INSERT INTO history_held (workspace, agent, number, body) SELECT * FROM unnest($1::integer[], $2::integer[], $3::bigint[], $4::bytea[])
        ON CONFLICT (workspace, agent, number) DO UPDATE SET body = excluded.body
        """;

    internal async Task Write(BlockEdits edits)
    {
        var stored = new Dictionary<long, byte[]>();
        await connection.Each(Get, row => stored[row.GetInt64(0)] = row.GetFieldValue<byte[]>(1), edits.Fields.Select(CaseNumber.Of).ToArray());
        var changed = edits.Fields.Select(block => (Id: CaseNumber.Of(block), Body: edits.Changed(block, stored.GetValueOrDefault(CaseNumber.Of(block)))))
            .Where(block => block.Body is not null).OrderBy(block => block.Id).ToArray();
        if (changed.Length > 0) await connection.Run(Put, changed.Select(block => block.Id).ToArray(), changed.Select(block => block.Body!).ToArray());
        await WriteHeld(edits);
    }

    internal async Task Write(AuthorEdits edits)
    {
        if (edits.Blocks.Count == 0) return;
        var stored = new Dictionary<long, byte[]>();
        await connection.Each(GetAuthors, row => stored[row.GetInt64(0)] = row.GetFieldValue<byte[]>(1), edits.Blocks.Select(CaseNumber.Of).ToArray());
        var changed = edits.Blocks.Select(block => (Id: CaseNumber.Of(block), Body: edits.Changed(block, stored.GetValueOrDefault(CaseNumber.Of(block)))))
            .Where(block => block.Body is not null).OrderBy(block => block.Id).ToArray();
        if (changed.Length > 0) await connection.Run(PutAuthors, changed.Select(block => block.Id).ToArray(), changed.Select(block => block.Body!).ToArray());
    }

    private async Task WriteHeld(BlockEdits edits)
    {
        if (edits.Held.Count == 0) return;
        var stored = new Dictionary<HeldBlock, byte[]>();
        await connection.Each(GetHeld, row => stored[new HeldBlock(row.GetInt32(0), row.GetInt32(1), row.GetInt64(2))] = row.GetFieldValue<byte[]>(3),
            edits.Held.Select(block => block.Workspace).ToArray(), edits.Held.Select(block => block.Agent).ToArray(), edits.Held.Select(block => block.Number).ToArray());
        var changed = edits.Held.Select(block => (Block: block, Body: edits.Changed(block, stored.GetValueOrDefault(block)))).Where(block => block.Body is not null).ToArray();
        if (changed.Length == 0) return;
        await connection.Run(PutHeld,
            changed.Select(one => one.Block.Workspace).ToArray(), changed.Select(one => one.Block.Agent).ToArray(), changed.Select(one => one.Block.Number).ToArray(),
            changed.Select(one => one.Body!).ToArray());
    }
}
