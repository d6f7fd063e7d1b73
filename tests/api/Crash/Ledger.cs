using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using RoutingGrid.Api.Tests.Support;

namespace RoutingGrid.Api.Tests.Crash;

/// <summary>What was said of every message and command, to be compared with what the cases' timelines say. An effect is named by what it
/// leaves in a timeline, such as <c>reply/r-17</c>.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, string> _acknowledged = new();
    private readonly ConcurrentDictionary<string, string> _refused = new();
    private readonly ConcurrentDictionary<string, bool> _sent = new();
    private ConcurrentQueue<string> _fresh = new();

    public int Messages => _acknowledged.Keys.Count(effect => effect.StartsWith("message/", StringComparison.Ordinal));

    public int Commands => _acknowledged.Count - Messages;

    /// <summary>The cases of everything that was acknowledged.</summary>
    public IEnumerable<string> Cases => _acknowledged.Values.Distinct();

    public int Refused => _refused.Count;

    public void Sending(string effect) => _sent[effect] = true;

    public void Acknowledged(string effect, string caseId)
    {
        _acknowledged[effect] = caseId;
        _fresh.Enqueue(effect);
    }

    public void WasRefused(string effect, string why) => _refused[effect] = why;

    /// <summary>The last of those acknowledged since this was asked before, by case.</summary>
    public ILookup<string, string> Fresh(int most)
    {
        var fresh = Interlocked.Exchange(ref _fresh, new ConcurrentQueue<string>());
        return fresh.TakeLast(most).ToLookup(effect => _acknowledged[effect]);
    }

    /// <summary>Nothing is lost, nothing is there twice or elsewhere, nothing was refused and done all the same, nothing comes from nowhere.</summary>
    public List<string> Compare(IReadOnlyDictionary<string, List<string>> effectsByCase)
    {
        var wrong = new List<string>();
        var found = new Dictionary<string, string>();
        foreach (var (caseId, effects) in effectsByCase)
            foreach (var effect in effects)
            {
                if (!found.TryAdd(effect, caseId)) wrong.Add($"{effect} is in {caseId} and, again, in {found[effect]}.");
                if (!_sent.ContainsKey(effect)) wrong.Add($"{effect} is in {caseId}, and nobody sent it.");
                if (_refused.TryGetValue(effect, out var why)) wrong.Add($"{effect} is in {caseId}, and was refused: {why}");
            }
        foreach (var (effect, caseId) in _acknowledged)
            if (found.GetValueOrDefault(effect) != caseId) wrong.Add($"{effect} was acknowledged in {caseId} and is in {found.GetValueOrDefault(effect) ?? "no case"}.");
        return wrong;
    }

    /// <summary>The effects of commands and messages that a timeline shows.</summary>
    public static List<string> EffectsIn(JsonNode timeline) =>
        [.. timeline["items"]!.AsArray().Select(item => EffectOf(item.Text("type"), item!["data"]!)).OfType<string>()];

    // What the system does by itself, such as taking a case up again, names no effect of anybody's.
    private static string? EffectOf(string type, JsonNode data) => type switch
    {
        "case.message-received" => Named("message", data["messageId"]),
        "case.assigned" => Named("accept", data["offerId"]),
        "case.offer-ended" when data.Text("end") == "declined" => Named("decline", data["offerId"]),
        "case.answered" => Named("reply", data["replyId"]),
        "case.note-added" => Named("notes", data["text"]),
        "case.waiting" => Named("wait", data["note"]),
        "case.escalated" => Named("escalate", data["note"]),
        "case.closed" => Named("close", data["reason"]),
        _ => null,
    };

    private static string? Named(string action, JsonNode? mark) => mark is null ? null : $"{action}/{mark.GetValue<string>()}";
}
