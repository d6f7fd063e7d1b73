using RoutingGrid.Journal;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Bench.Journal;

/// <summary>One message after the other into one case: the smallest append that a store can be asked for.</summary>
internal sealed class EventsMix(int writer) : IMix
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private readonly StreamId _stream = new(StreamKind.Case, "acme", $"writer-{writer}");
    private long _version;

    public bool EndsLife => false;

    public Append Next()
    {
        var at = Start.AddMilliseconds(_version);
        var received = new MessageReceived
        {
            At = at,
            By = "key:whatsapp",
            CommandId = $"whatsapp-{writer}-{_version}",
            MessageId = $"wamid.{writer}.{_version}",
            Text = "My order has not arrived, and nobody answers the phone.",
            SentAt = at.AddSeconds(-1),
        };
        return new Append(new StreamAppend(_stream, _version++, [received]), []);
    }
}
