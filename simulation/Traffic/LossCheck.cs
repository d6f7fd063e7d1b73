using System.Collections.Concurrent;
using System.Text.Json;
using RoutingGrid.Simulation.People;

namespace RoutingGrid.Simulation.Traffic;

/// <summary>Holds what was acknowledged against what the API has: every acknowledged message is in exactly one case, the one that was named.</summary>
/// <param name="Messages">Acknowledged ones.</param>
/// <param name="Cases">Looked through.</param>
/// <param name="Lost">Acknowledged, and nowhere.</param>
/// <param name="Twice">In more than one place.</param>
/// <param name="Elsewhere">In another case than the one that was named.</param>
public sealed record LossCheck(
    int Messages, int Cases, IReadOnlyList<string> Lost, IReadOnlyList<string> Twice, IReadOnlyList<string> Elsewhere)
{
    private const int AtOnce = 8;

    public bool Passed => Lost.Count + Twice.Count + Elsewhere.Count == 0;

    /// <param name="api">With a key that reads every case.</param>
    /// <exception cref="HttpRequestException">The API could not be asked; nothing is known.</exception>
    public static async Task<LossCheck> Run(ApiClient api, IReadOnlyDictionary<string, string> acknowledged, CancellationToken cancellation)
    {
        var cases = await CaseIds(api, cancellation);
        var places = new ConcurrentDictionary<string, ConcurrentQueue<string>>();
        var few = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(cases, few, async (caseId, stop) =>
        {
            foreach (var message in await MessagesOf(api, caseId, stop)) places.GetOrAdd(message, _ => new()).Enqueue(caseId);
        });

        string[] PlacesOf(string message) => places.TryGetValue(message, out var found) ? [.. found] : [];
        var known = acknowledged.OrderBy(message => message.Key, StringComparer.Ordinal).ToList();
        return new LossCheck(
            known.Count,
            cases.Count,
            [.. from message in known where PlacesOf(message.Key).Length == 0 select $"{message.Key} (case {message.Value})"],
            [.. from place in places where place.Value.Count > 1 select $"{place.Key} (cases {string.Join(", ", place.Value)})"],
            [.. from message in known
                where PlacesOf(message.Key) is [var only] && only != message.Value
                select $"{message.Key} (said {message.Value}, is in {PlacesOf(message.Key)[0]})"]);
    }

    private static async Task<IReadOnlyList<string>> CaseIds(ApiClient api, CancellationToken cancellation)
    {
        var ids = new HashSet<string>();
        string? cursor = null;
        do
        {
            var page = await Read<Page>(api, "cases?limit=500" + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"), cancellation);
            foreach (var item in page.Items) ids.Add(item.Id);
            cursor = page.Next;
        }
        while (cursor is not null);
        return [.. ids];
    }

    private static async Task<IEnumerable<string>> MessagesOf(ApiClient api, string caseId, CancellationToken cancellation)
    {
        var timeline = await Read<Timeline>(api, $"cases/{Uri.EscapeDataString(caseId)}/timeline", cancellation);
        return from item in timeline.Items where item.Type == "case.message-received" select item.Data.GetProperty("messageId").GetString()!;
    }

    private static async Task<T> Read<T>(ApiClient api, string path, CancellationToken cancellation)
    {
        var answer = await api.Get(path, cancellation);
        return answer.Ok ? answer.As<T>() : throw new HttpRequestException($"GET {path}: {answer}", null, answer.Status);
    }

    private sealed record Page(IReadOnlyList<Item> Items, string? Next);

    private sealed record Item(string Id);

    private sealed record Timeline(IReadOnlyList<TimelineItem> Items);

    private sealed record TimelineItem(string Type, JsonElement Data);
}
