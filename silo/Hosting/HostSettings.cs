using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using RoutingGrid.Grains;
using RoutingGrid.Journal;
using RoutingGrid.Silo.Archive;

namespace RoutingGrid.Silo.Hosting;

/// <summary>Where the journal is kept.</summary>
public enum JournalStore { Sqlite, Memory, Postgres }

/// <summary>How a server is put together. The defaults are those of <c>serve</c>.</summary>
public sealed record HostSettings
{
    public JournalStore Store { get; init; } = JournalStore.Sqlite;

    /// <summary>The folder of the SQLite journal.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>The connection to the PostgreSQL journal. It may have a password: it is never shown.</summary>
    public string? Postgres { get; init; }

    /// <summary>Bring the tables of the PostgreSQL journal up to date at the start.</summary>
    public bool Migrate { get; init; } = true;

    /// <summary>Wait while another server is active on the PostgreSQL journal, and take over when it ends.</summary>
    public bool StandBy { get; init; } = true;

    /// <summary>Called when it begins to wait, with the addresses at which it answers that it does, and the server that is active.</summary>
    public Action<IEnumerable<string>, string>? OnStandBy { get; init; }

    /// <summary>Where to listen; several are separated by semicolons. Port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The least level of log lines that are written, to the error stream.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Which closed cases leave the tables in the background. Null: none.</summary>
    public RetentionSettings? Retention { get; init; }

    /// <summary>Where files of archived cases are looked for that are not where they were written.</summary>
    public string? ArchiveFolder { get; init; }

    /// <summary>A journal that is open already, whatever <see cref="Store"/> says. The server closes it in the end.</summary>
    public IJournal? Journal { get; init; }

    /// <summary>How often grains repair what lost messages left behind.</summary>
    public GrainOptions? Grains { get; init; }

    /// <summary>What else is served or run beside the API.</summary>
    public Action<WebApplicationBuilder>? Add { get; init; }

    /// <summary>Routes besides the API's.</summary>
    public Action<WebApplication>? Map { get; init; }
}
