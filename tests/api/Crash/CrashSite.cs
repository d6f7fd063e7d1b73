using RoutingGrid.Api.Tests.Support;
using RoutingGrid.Journal;

namespace RoutingGrid.Api.Tests.Crash;

/// <summary>A real server on a real store, and what can happen to them.</summary>
internal abstract class CrashSite(bool archives) : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();

    public ServeProcess Serve { get; protected set; } = null!;

    /// <summary>Whether closed cases leave the tables at once.</summary>
    public bool Archives => archives;

    public int ArchiveFiles => Directory.Exists(Path.Combine(Data, "archive")) ? Directory.GetFiles(Path.Combine(Data, "archive"), "*.gz").Length : 0;

    protected string Data => _data.Path;

    public async Task Start() => Serve = await StartServe();

    /// <summary>One of the ways in which this site can crash, by SIGKILL, drawn by lot.</summary>
    public abstract Victims Draw(Random random);

    /// <summary>Kills them, all at the same time.</summary>
    public virtual Task Kill(Victims victims) => victims.HasFlag(Victims.Silo) ? Serve.Kill() : Task.CompletedTask;

    /// <summary>Starts again what was killed, and waits until it is ready.</summary>
    public virtual async Task Revive(Victims victims)
    {
        if (!victims.HasFlag(Victims.Silo)) return;
        await Serve.DisposeAsync();
        await Start();
    }

    /// <summary>The journal, at rest.</summary>
    public abstract Task<IJournal> OpenJournal();

    public virtual async ValueTask DisposeAsync()
    {
        if (Serve is not null) await Serve.DisposeAsync();
        _data.Dispose();
    }

    private Task<ServeProcess> StartServe() => ServeProcess.Start(Data, [.. archives ? ["--archive-after", "0s"] : Array.Empty<string>(), "--quiet", .. Store]);

    /// <summary>Options that say where the journal is, where it is not beside the data.</summary>
    protected virtual string[] Store => [];
}

/// <summary>What is killed.</summary>
[Flags]
internal enum Victims { Silo = 1, Database = 2, Both = Silo | Database }
