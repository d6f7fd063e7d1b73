using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RoutingGrid.Api.Cases;
using RoutingGrid.Journal;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Api.Search;

/// <summary>Searches when a server has started, as people do, for words of the newest case: so that what a search needs is compiled, connected and read once before somebody waits for it.</summary>
internal sealed class FirstSearch(IJournal journal, IHistory history, IHostApplicationLifetime lifetime, IOptions<JsonOptions> json, ILogger<FirstSearch> log) : BackgroundService
{
    private const int MostWords = 2;
    private const int LeastLetters = 4;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Started(stoppingToken);
            if (await journal.Read.Workspaces(stoppingToken) is not [var workspace, ..]) return;
            var newest = await Search(workspace, new CaseSearch(), stoppingToken);
            if (newest.Items is not [var first, ..]) return;
            var words = WordsOf(await journal.ReadStream(new StreamId(StreamKind.Case, workspace, first.Id), 0, stoppingToken));
            if (words.Length == 0) return;
            await Search(workspace, new CaseSearch { Text = words[0] }, stoppingToken);
            await Search(workspace, new CaseSearch { Text = string.Join(' ', words) }, stoppingToken);
            await Search(workspace, new CaseSearch { Text = $"\"{words[0]}\" -{words[^1]}", Status = CaseStatus.Closed }, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops before it has searched.
        }
        catch (Exception error)
        {
            log.LogDebug(error, "Nothing was searched ahead; who searches first waits longer.");
        }
    }

    private async Task<PageView<CaseView>> Search(string workspace, CaseSearch search, CancellationToken cancel)
    {
        var page = await SearchEndpoints.Page(workspace, search, null, SearchEndpoints.UsualPage, history, journal, cancel);
        await JsonSerializer.SerializeAsync(Stream.Null, page, json.Value.SerializerOptions, cancel);
        return page;
    }

    private static string[] WordsOf(IReadOnlyList<RecordedEvent> events) =>
        [.. events.Select(recorded => recorded.Event).OfType<MessageReceived>()
            .SelectMany(received => received.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(word => word.Length >= LeastLetters && word.All(char.IsLetter))
            .Distinct(StringComparer.OrdinalIgnoreCase).Take(MostWords)];

    private async Task Started(CancellationToken cancel)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancel);
    }
}
