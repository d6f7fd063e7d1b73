using System.Runtime.CompilerServices;
using RoutingGrid.Journal.Sqlite.Native;
using RoutingGrid.Journal.Sqlite.Reading;
using RoutingGrid.Journal.Sqlite.Writing;

namespace RoutingGrid.Journal.Sqlite;

public sealed partial class SqliteJournal : IJournalMaintenance
{
    /// <summary>Copies a journal as it is at one moment, also while a server uses it.</summary>
    /// <exception cref="JournalUnusableException">It cannot be read, or the copy cannot be written.</exception>
    public static void Copy(string from, string to)
    {
        try
        {
            using var database = new Database(from);
            database.Execute($"VACUUM INTO '{to.Replace("'", "''", StringComparison.Ordinal)}'");
        }
        catch (SqliteFailure e)
        {
            throw FileTrouble.Explain(e, from);
        }
    }

    public async IAsyncEnumerable<Damage> Inspect(IProgress<long>? progress = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await Task.Yield();
        using var scan = new SliceScan(_path, _files);
        foreach (var damage in Until(scan.Pages()).Concat(Until(scan.Slices(progress, cancel))).Concat(Until(scan.Chains()))) yield return damage;
    }

    public async Task<Rebuilt> Rebuild(IProgress<long>? progress = null, CancellationToken cancel = default)
    {
        using var scan = new SliceScan(_path, _files);
        var item = new RebuildItem(scan, progress, cancel);
        if (_writer.TryAdd(item) is not null) throw new IOException($"Nothing was rebuilt: {_writer.FullQueue}");
        return await item.Done;
    }

    // Where the file cannot even be read on, that is the last finding.
    private static IEnumerable<Damage> Until(IEnumerable<Damage> findings)
    {
        using var next = findings.GetEnumerator();
        while (true)
        {
            Damage? last = null;
            try
            {
                if (!next.MoveNext()) yield break;
            }
            catch (SqliteFailure e)
            {
                last = new Damage(null, $"the file cannot be read on: {e.Message}");
            }
            yield return last ?? next.Current;
            if (last is not null) yield break;
        }
    }
}
