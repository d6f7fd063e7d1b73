using RoutingGrid.Journal.History.Search;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Sqlite.Reading;

namespace RoutingGrid.Journal.History.Sqlite.Search;

/// <summary>Reads and writes what a batch changes in blocks.</summary>
internal sealed class CaseBlocks(Database database)
{
    private readonly Statement _get = database.Prepare("SELECT body FROM block WHERE id = ?");
    private readonly Statement _put = database.Prepare("INSERT INTO block (id, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body");
    private readonly Statement _getHeld = database.Prepare("SELECT body FROM held WHERE workspace = ? AND agent = ? AND number = ?");

    private readonly Statement _putHeld = database.Prepare(
        "INSERT INTO held (workspace, agent, number, body) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body");

    private readonly Statement _getAuthors = database.Prepare("SELECT body FROM author WHERE id = ?");
    private readonly Statement _putAuthors = database.Prepare("INSERT INTO author (id, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body");

    internal void Write(AuthorEdits edits)
    {
        foreach (var block in edits.Blocks)
        {
            _getAuthors.Bind(1, CaseNumber.Of(block));
            if (edits.Changed(block, Reader.First(_getAuthors, static row => row.Bytes(0).ToArray())) is not { } body) continue;
            _putAuthors.Bind(1, CaseNumber.Of(block));
            _putAuthors.BindBlob(2, body);
            _putAuthors.Run();
        }
    }

    internal void Write(BlockEdits edits)
    {
        foreach (var block in edits.Fields)
        {
            _get.Bind(1, CaseNumber.Of(block));
            if (edits.Changed(block, Reader.First(_get, static row => row.Bytes(0).ToArray())) is not { } body) continue;
            _put.Bind(1, CaseNumber.Of(block));
            _put.BindBlob(2, body);
            _put.Run();
        }
        foreach (var block in edits.Held)
        {
            Bind(_getHeld, block);
            if (edits.Changed(block, Reader.First(_getHeld, static row => row.Bytes(0).ToArray())) is not { } body) continue;
            Bind(_putHeld, block);
            _putHeld.BindBlob(4, body);
            _putHeld.Run();
        }
    }

    private static void Bind(Statement statement, HeldBlock block)
    {
        statement.Bind(1, block.Workspace);
        statement.Bind(2, block.Agent);
        statement.Bind(3, block.Number);
    }
}
