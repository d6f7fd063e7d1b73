using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RoutingGrid.Api.Search;
using RoutingGrid.Api.Tests.Support;
using RoutingGrid.Journal;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.Memory;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Workspaces;
using RoutingGrid.Silo.Hosting;

namespace RoutingGrid.Api.Tests;

/// <summary>A server searches by itself when it has started, for the sake of the first who searches.</summary>
public sealed class FirstSearchTests
{
    private const int Searches = 4;
    private const string Workspace = "first";
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_with_cases_searches_once_in_every_way(bool hasCases)
    {
        await using var journal = new MemoryJournal();
        await Commit(journal, new StreamId(StreamKind.Workspace, Workspace, "configuration"), [new WorkspaceConfigured { At = Start, Configuration = new WorkspaceConfiguration() }]);
        if (hasCases) await Commit(journal, new StreamId(StreamKind.Case, Workspace, "case-1"), Opened("Where is my parcel?"));
        var reads = new CountedReads(journal);
        await using var app = await RoutingGridHost.Build(new HostSettings
        {
            Journal = reads,
            Urls = "http://127.0.0.1:0",
            LogLevel = LogLevel.None,
            Add = builder => builder.Services.AddSingleton<IHistory>(reads).AddFirstSearch(),
        });
        await reads.CatchUpPatiently(TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.Services.GetServices<IHostedService>().OfType<FirstSearch>().Single().ExecuteTask!;
        await app.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(hasCases ? Searches : 1, reads.Pages);
    }

    private static ImmutableArray<DomainEvent> Opened(string text) =>
    [
        new CaseOpened
        {
            At = Start, CustomerId = "chat:joe", Channel = "chat", Account = "@brand", Thread = "t",
            Profile = new CaseProfile(null, null, null, 0, ImmutableDictionary<string, string>.Empty),
        },
        new MessageReceived { At = Start, MessageId = "m1", Text = text, SentAt = Start },
        new CaseQueued { At = Start, Queue = "care", Because = QueuedBecause.New, VirtualStart = Start, Needs = Requirements.None },
    ];

    private static async Task Commit(MemoryJournal journal, StreamId stream, ImmutableArray<DomainEvent> events)
    {
        var changes = ImmutableArray.CreateBuilder<ReadModelChange>();
        if (stream.Kind == StreamKind.Case) JournalWrites.AddCase(changes, Workspace, stream.Id, CaseState.None, CaseFold.Evolve(CaseState.None, events));
        Assert.IsType<AppendResult.Committed>(await journal.Append(new Append(new StreamAppend(stream, 0, events), changes.DrainToImmutable())));
    }
}
