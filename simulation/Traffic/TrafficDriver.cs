using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Simulation.People;

namespace RoutingGrid.Simulation.Traffic;

/// <summary>Brings traffic in through the API when its time comes, as the networks' webhooks do: at least once, so some of it twice.</summary>
public sealed class TrafficDriver(ApiClient api, PeopleTally tally, TimeProvider time, int seed)
{
    private const double DeliveredTwice = 0.02;

    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<string, string> _acknowledged = new();
    private readonly Dictionary<string, Task> _byAuthor = [];

    /// <summary>Message id → case, for every message that the API has said to be durable.</summary>
    public IReadOnlyDictionary<string, string> Acknowledged => _acknowledged;

    public PeopleTally.Count Sent { get; } = new();
    public PeopleTally.Count Opened { get; } = new();
    public PeopleTally.Count Left { get; } = new();

    /// <summary>Sends until told to stop, then waits for the answers to what is under way.</summary>
    /// <param name="afterwards">How long that may take.</param>
    public async Task Run(IEnumerable<TrafficEvent> events, CancellationToken stop, CancellationToken afterwards)
    {
        try
        {
            foreach (var what in events)
            {
                var wait = what.At - time.GetUtcNow();
                if (wait > TimeSpan.Zero) await Task.Delay(wait, time, stop);
                stop.ThrowIfCancellationRequested();
                Begin(what, afterwards);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Enough.
        }
        await Task.WhenAll(_byAuthor.Values);
    }

    /// <summary>One author's messages arrive in their order; those of others are not held up by it.</summary>
    private void Begin(TrafficEvent what, CancellationToken cancellation)
    {
        var author = what switch { TrafficEvent.Writes writes => writes.Message.Author, TrafficEvent.Leaves leaves => leaves.Opening.Author, _ => "" };
        var twice = _random.Chance(DeliveredTwice);
        if (_byAuthor.TryGetValue(author, out var before) && before.IsCompleted) before = null;
        _byAuthor[author] = After(before, what, twice, cancellation);
    }

    private async Task After(Task? before, TrafficEvent what, bool twice, CancellationToken cancellation)
    {
        if (before is not null) await before;
        try
        {
            switch (what)
            {
                case TrafficEvent.Writes writes:
                    await Deliver(writes.Message, cancellation);
                    if (twice) await Deliver(writes.Message, cancellation);
                    break;
                case TrafficEvent.Leaves leaves:
                    await Leave(leaves.Opening, cancellation);
                    break;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            tally.Fail($"traffic: {exception.GetType().Name}: {exception.Message}");
        }
    }

    private async Task Deliver(IncomingMessage message, CancellationToken cancellation)
    {
        var answer = await api.Send(HttpMethod.Post, "messages", message, cancellation: cancellation);
        if (!answer.Ok)
        {
            tally.Refused(answer.Problem ?? "unknown");
            tally.Fail($"message {message.MessageId}: {answer}");
            return;
        }
        var receipt = answer.As<Receipt>();
        var known = _acknowledged.GetOrAdd(message.MessageId, receipt.CaseId);
        if (known != receipt.CaseId) tally.Fail($"message {message.MessageId} was said to be in {known}, then in {receipt.CaseId}");
        if (receipt.Duplicate) return;
        Sent.Add();
        if (receipt.Opened) Opened.Add();
    }

    /// <summary>Whoever has got somebody by now stays.</summary>
    private async Task Leave(IncomingMessage opening, CancellationToken cancellation)
    {
        if (!_acknowledged.TryGetValue(opening.MessageId, out var caseId)) return;
        var path = $"cases/{Uri.EscapeDataString(caseId)}";
        var found = await api.Get(path, cancellation);
        if (!found.Ok || found.As<Waits>().Status != "queued") return;
        var answer = await api.Send(HttpMethod.Post, path + "/abandon", commandId: $"left-{opening.MessageId}", cancellation: cancellation);
        if (answer.Ok) Left.Add();
        else if (answer.Status == HttpStatusCode.Conflict) tally.Refused(answer.Problem ?? "unknown"); // an agent was asked in between
        else tally.Fail($"abandon {caseId}: {answer}");
    }

    private sealed record Receipt(string CaseId, bool Opened, bool Duplicate);

    private sealed record Waits(string Status);
}
