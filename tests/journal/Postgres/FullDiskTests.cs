using System.Diagnostics;
using RoutingGrid.Journal.Postgres;

namespace RoutingGrid.Journal.Tests.Postgres;

/// <summary>A small file system in memory holds the tables, and the write-ahead log is elsewhere: what fills up first in practice too,
/// where the log has a disk of its own.</summary>
public sealed class FullDiskTests : PostgresTest
{
    private readonly DirectoryInfo _disk = Directory.CreateTempSubdirectory("routinggrid-disk-");
    private bool _isMounted;
    private PostgresServer? _server;

    public override async ValueTask InitializeAsync()
    {
        TestDatabases.Need();
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root" && await Runs("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", _disk.FullName), "A small disk can be mounted by root only.");
        _isMounted = true;
        Assert.True(await Runs("chown", PostgresServer.User, _disk.FullName));
        // A server of its own: one that cannot write a table cannot make checkpoints either, and others would wait for those.
        _server = await PostgresServer.Start(isDurable: false);
        var administration = _server.Connection("postgres");
        await TestDatabases.Execute(administration, $"CREATE TABLESPACE small LOCATION '{_disk.FullName}'");
        await TestDatabases.Execute(administration, "CREATE DATABASE on_small_disk TABLESPACE small");
        Journal = await Open(new PostgresJournalOptions { Connection = _server.Connection("on_small_disk") });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        if (_isMounted) await Runs("umount", _disk.FullName);
        _disk.Delete(recursive: true);
    }

    private PostgresJournal Journal { get; set; } = null!;

    [Fact]
    public async Task A_full_disk_refuses_writes_loses_nothing_and_is_written_again_when_it_has_room()
    {
        // What compresses would never fill it.
        var random = new Random(1);
        var committed = 0;
        AppendResult result;
        while ((result = await Journal.Append(Given.Append(Given.Notes(Given.Case("1"), committed, Text()), Given.Put("1", Given.Queued() with { Version = committed + 1 })))) is AppendResult.Committed) committed++;
        Assert.Contains("full", Assert.IsType<AppendResult.Overloaded>(result).Reason, StringComparison.Ordinal);
        Assert.InRange(committed, 10, 1000);
        Assert.Equal(committed, (await Journal.ReadStream(Given.Case("1"))).Count);
        Assert.Equal(committed, (await Journal.Read.Case(Given.Workspace, "1"))!.State.Version);
        Assert.Equal(new AppendResult.VersionConflict(Given.Case("1"), 0, committed), await Journal.Append(Given.Append(Given.Notes(Given.Case("1"), 0, "x"))));

        Assert.True(await Runs("mount", "-o", "remount,size=64m", _disk.FullName));
        await Commit(Journal, Given.Append(Given.Notes(Given.Case("1"), committed, Text())));
        Assert.Equal(committed + 1, (await Journal.ReadAll().ToListAsync()).Count);

        string Text() => string.Concat(Enumerable.Range(0, 40_000).Select(_ => (char)random.Next('0', 'z')));
    }

    private static async Task<bool> Runs(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
