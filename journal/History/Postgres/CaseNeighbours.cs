using Npgsql;
using RoutingGrid.Journal.History.Search;

namespace RoutingGrid.Journal.History.Postgres;

/// <summary>Keeps the <see cref="Neighbours"/> of blocks, beside the words of authors. They are put together of whole blocks, when their cases are mostly over; of what is written later it is only
/// marked that nothing is known of its case, until that are many.</summary>
internal sealed class CaseNeighbours(NpgsqlConnection connection)
{
    // How far behind the newest a block is put together, and, where something of it has changed, once more.
    private const int Behind = 2;
    private const int FarBehind = Group.Blocks;
    private const int MostChanged = Block.Size / 4;

    private const string Get = "SELECT a.id, a.body FROM unnest($1::bigint[]) AS u(id) JOIN history_author a ON a.id = u.id";
    private const string Put = "INSERT INTO history_author (id, body) SELECT * FROM unnest($1::bigint[], $2::bytea[]) ON CONFLICT (id) DO UPDATE SET body = excluded.body";
    private const string Drop = "DELETE FROM history_author WHERE id = ANY ($1::bigint[])";
    private const string Texts = "SELECT id, words::text FROM history_text WHERE id >= $1 AND id < $2 ORDER BY id";

    /// <summary>Instead of a letter: the row of a block that is there when its neighbours are kept, with a bit for each case of which they are not.</summary>
    internal const int Kind = AuthorBlock.Others;

    private const int FirstRow = Kind + 1;

    /// <summary>The row that has what follows a word and begins so.</summary>
    internal static int KindOf(string word, ReadOnlySpan<byte> beginning) => FirstRow + Neighbours.RowOf(word, beginning);

    /// <param name="gone">Of whose words nothing may stay.</param>
    internal async Task Write(IReadOnlyCollection<CaseNumber> added, IReadOnlyCollection<CaseNumber> changed, IReadOnlyCollection<CaseNumber> gone)
    {
        var begun = added.Where(id => id.Slot == 0).Select(id => (id.Workspace, id.Block)).ToArray();
        var due = begun.Select(begins => begins with { Block = begins.Block - Behind }).Where(one => one.Block >= 0).ToHashSet();
        var old = begun.Select(begins => begins with { Block = begins.Block - FarBehind }).Where(one => one.Block >= 0).ToHashSet();
        var stored = await Stored([.. changed.Concat(gone).Select(id => (id.Workspace, id.Block)).Concat(old).Distinct()]);
        due.UnionWith(old.Where(one => !stored.TryGetValue(one, out var bits) || bits.AsSpan().ContainsAnyExcept((byte)0)));
        due.UnionWith(gone.Select(id => (id.Workspace, id.Block)).Where(stored.ContainsKey));
        due.UnionWith(Mark(stored, changed));
        var marked = changed.Select(id => (id.Workspace, id.Block)).Distinct().Where(one => stored.ContainsKey(one) && !due.Contains(one)).OrderBy(one => one).ToArray();
        if (marked.Length > 0) await connection.Run(Put, marked.Select(one => Id(one.Workspace, Kind, one.Block)).ToArray(), marked.Select(one => stored[one]).ToArray());
        foreach (var (workspace, block) in due.Order()) await Collect(workspace, block);
    }

    private async Task<Dictionary<(int Workspace, long Block), byte[]>> Stored((int Workspace, long Block)[] blocks)
    {
        var byId = blocks.ToDictionary(one => Id(one.Workspace, Kind, one.Block));
        var stored = new Dictionary<(int, long), byte[]>();
        if (blocks.Length > 0) await connection.Each(Get, row => stored[byId[row.GetInt64(0)]] = row.GetFieldValue<byte[]>(1), (object)byId.Keys.ToArray());
        return stored;
    }

    /// <summary>Marks what has changed; the blocks of which too much has.</summary>
    private static HashSet<(int Workspace, long Block)> Mark(Dictionary<(int Workspace, long Block), byte[]> stored, IReadOnlyCollection<CaseNumber> changed)
    {
        foreach (var id in changed)
            if (stored.TryGetValue((id.Workspace, id.Block), out var bits)) bits[id.Slot >> 3] |= (byte)(1 << (id.Slot & 7));
        return [.. stored.Where(one => one.Value.Sum(eight => int.PopCount(eight)) > MostChanged).Select(one => one.Key)];
    }

    private async Task Collect(int workspace, long block)
    {
        var (collector, words) = (new Neighbours.Collector(), new List<(int Place, int Word)>());
        var first = new CaseNumber(workspace, block * Block.Size);
        await connection.Each(Texts, row =>
        {
            words.Clear();
            Lexemes.Read(row.GetString(1), collector, words);
            collector.Add(new CaseNumber(row.GetInt64(0)).Slot, words);
        }, first.Value, first.Value + Block.Size);
        (long Id, byte[] Body)[] rows =
        [
            (Id(workspace, Kind, block), new byte[Block.BitBytes]),
            .. collector.Collect().Select(row => (Id(workspace, FirstRow + row.Row, block), row.Body)).OrderBy(row => row.Item1),
        ];
        await connection.Run(Drop, (object)Enumerable.Range(Kind, 1 + Neighbours.Rows).Select(kind => Id(workspace, kind, block)).ToArray());
        await connection.Run(Put, rows.Select(row => row.Id).ToArray(), rows.Select(row => row.Body).ToArray());
    }

    private static long Id(int workspace, int kind, long block) => CaseNumber.Of(new AuthorBlock(workspace, kind, block));
}
