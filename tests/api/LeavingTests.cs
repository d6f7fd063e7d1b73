using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using RoutingGrid.Api.Tests.Support;
using RoutingGrid.Journal;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.Postgres;
using RoutingGrid.Journal.Sqlite;
using RoutingGrid.Journal.Tests.Postgres;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Api.Tests;

/// <summary>A client who leaves in the middle of an export: the server reads no further, gives its connections back, and has nothing to complain of.</summary>
public sealed class LeavingTests
{
    private const string Workspace = "long";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly (string Path, int Most, Func<CountedReads, int> Read)[] Exports =
    [
        // A page has 500 cases.
        ("cases/export?format=csv", LongList.Cases / 500, static reads => reads.Pages),
        ("cases/export?format=json", LongList.Cases / 500, static reads => reads.Pages),
        ("cases/export?format=jsonl", LongList.Cases / 500, static reads => reads.Pages),
        ($"customers/{LongList.Customer}/export", LongList.Cases, static reads => reads.Streams),
    ];

    [Fact]
    public async Task On_SQLite()
    {
        using var folder = new TemporaryFolder();
        // A reader that is not given back is missed by the next request.
        await Leave(await SqliteJournal.Open(new SqliteJournalOptions { Path = Path.Combine(folder.Path, "journal.db"), Readers = 1 }, TimeProvider.System));
    }

    [Fact]
    public async Task On_PostgreSQL()
    {
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL is not installed (Debian: apt-get install postgresql).");
        await using var server = await PostgresServer.Start(isDurable: false);
        var connection = server.Connection("postgres");
        await Leave(await PostgresJournal.Open(new PostgresJournalOptions { Connection = connection, Readers = 1 }, TimeProvider.System));
        await using var source = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var command = source.CreateCommand("SELECT string_agg(backend_type || ': ' || query, '; ') FROM pg_stat_activity WHERE datname IS NOT NULL AND pid <> pg_backend_pid()");
        var began = Stopwatch.GetTimestamp();
        // A connection is closed at this end first: its process at the other one has yet to read that.
        while (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is string open) Assert.True(Stopwatch.GetElapsedTime(began) < Patience, open);
    }

    private static async Task Leave(IJournal journal)
    {
        await LongList.Fill(journal, Workspace);
        var (reads, door, log) = (new CountedReads(journal), new BackDoor(), new Complaints());
        await using var app = await RoutingGridHost.Build(new HostSettings
        {
            Journal = reads,
            Urls = "http://127.0.0.1:0",
            LogLevel = LogLevel.None,
            Add = builder =>
            {
                builder.Services.AddSingleton<IHistory>(reads).AddSingleton<IStartupFilter>(door);
                builder.Logging.AddProvider(log);
            },
        });
        await reads.CatchUpPatiently(TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(app.Urls.First());
        var key = (await app.Services.GetRequiredService<Orleans.IGrainFactory>().GetGrain<GrainInterfaces.Workspaces.IAccessGrain>("access").CreateFirst())!.Secret;
        foreach (var (path, most, read) in Exports)
        {
            var before = read(reads);
            using (var client = await Begin(address, $"/v1/workspaces/{Workspace}/{path}", key)) Assert.False(door.Left.IsCompleted, $"{path} had ended before the client left.");
            Assert.True(await door.Left.WaitAsync(Patience, TestContext.Current.CancellationToken), $"{path} was not told that the client left.");
            Assert.InRange(read(reads) - before, 1, most - 1);
            using var http = new HttpClient { BaseAddress = address };
            var next = await Answer.To(http, HttpMethod.Get, $"/v1/workspaces/{Workspace}/cases?limit=1", key, null);
            Assert.True((int)next.Status == 200, $"After {path}: {next.Body} {string.Join('\n', log.Lines)}");
            Assert.Single(next.Body!["items"]!.AsArray());
        }
        await app.StopAsync(TestContext.Current.CancellationToken);
        Assert.Empty(log.Lines);
    }

    /// <summary>Asks over a connection that holds little, and reads until the first case.</summary>
    private static async Task<Socket> Begin(Uri address, string path, string key)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 16 * 1024 };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {key}\r\n\r\n"), TestContext.Current.CancellationToken);
        var (text, buffer) = ("", new byte[4096]);
        while (!text.Contains("nnnn", StringComparison.Ordinal))
        {
            var count = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            text += Encoding.ASCII.GetString(buffer, 0, count);
            Assert.True(count > 0 && text.StartsWith("HTTP/1.1 200", StringComparison.Ordinal), text);
        }
        return socket;
    }

    /// <summary>Sees each request from its begin to its end, outside of everything else.</summary>
    private sealed class BackDoor : IStartupFilter
    {
        private volatile TaskCompletionSource<bool> _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The end of the last request; whether it was told that its client left.</summary>
        public Task<bool> Left => _left.Task;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(Pass);
            next(app);
        };

        private async Task Pass(HttpContext context, RequestDelegate next)
        {
            var left = _left = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            try
            {
                await next(context);
            }
            finally
            {
                left.SetResult(context.RequestAborted.IsCancellationRequested);
            }
        }
    }

    /// <summary>Every warning and error, but for what Orleans says of the machine.</summary>
    private sealed class Complaints : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("Orleans.", StringComparison.Ordinal) ? NullLogger.Instance : this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Lines.Enqueue(formatter(state, exception) + exception);
        }

        public void Dispose() { }
    }
}
