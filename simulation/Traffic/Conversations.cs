using System.Collections.Immutable;
using System.Globalization;
using RoutingGrid.GrainInterfaces.Cases;

namespace RoutingGrid.Simulation.Traffic;

/// <summary>Writes whole conversations from the customer's side: the opening, what is added a little later, the impatience, the giving up.</summary>
internal sealed class Conversations(Random random)
{
    private readonly Customers _customers = new(random);
    private readonly Composer _composer = new(random);
    private int _messages;
    private int _threads;

    /// <summary>Everything that the customer will do, in the order of time.</summary>
    public IEnumerable<TrafficEvent> Write(Arrival arrival)
    {
        var crisis = arrival.Crisis;
        var customer = _customers.Next(arrival.At, inPublic: crisis is not null && random.Chance(0.8));
        var (purpose, topic) = crisis is null ? Purposes.Draw(random) : (Purposes.Complaint, crisis.Topic);
        var thread = Thread(customer, crisis);
        var slots = _composer.Particulars(customer, crisis);

        var at = arrival.At;
        IncomingMessage? opening = null;
        foreach (var text in _composer.Opening(customer, purpose, topic, crisis, slots))
        {
            var message = Message(at, customer, thread, text, purpose, topic);
            yield return new TrafficEvent.Writes(at, message, opening is null);
            opening ??= message;
            at += random.Between(4, 15);
        }
        if (opening is null || purpose == Purposes.Praise) yield break; // who praises expects nothing

        if (random.Chance(0.22))
        {
            at += random.Between(5, 40);
            yield return new TrafficEvent.Writes(at, Message(at, customer, thread, _composer.Detail(customer, slots), purpose, topic), false);
        }
        var waitsLive = customer.Account.Channel is "chat" or "whatsapp";
        if (random.Chance(waitsLive ? 0.20 : 0.08))
        {
            at += waitsLive ? random.Between(60, 240) : random.Between(300, 1_500);
            yield return new TrafficEvent.Writes(at, Message(at, customer, thread, _composer.Nudge(customer), purpose, topic), false);
        }
        // Who waits before a chat window closes it at some time; who wrote an email does not wait at all.
        if (customer.Account.Channel == "chat") yield return new TrafficEvent.Leaves(at + random.Exponential(TimeSpan.FromMinutes(4)), opening);
    }

    private IncomingMessage Message(DateTimeOffset at, Customer customer, string? thread, string text, string purpose, Topic topic) => new()
    {
        MessageId = $"m{++_messages:000000}",
        Channel = customer.Account.Channel,
        Account = customer.Account.Id,
        Author = customer.Author,
        AuthorName = customer.Name,
        Thread = thread,
        Text = text,
        SentAt = at,
        Surface = customer.Account.Surface,
        Language = customer.Language,
        Audience = customer.Audience,
        Purpose = purpose,
        Reach = customer.Reach,
        Attributes = Attributes(customer, topic),
    };

    private static ImmutableDictionary<string, string> Attributes(Customer customer, Topic topic)
    {
        var attributes = ImmutableDictionary<string, string>.Empty.Add("topic", topic.ToString().ToLowerInvariant());
        return customer.Plan is { } plan ? attributes.Add("plan", plan) : attributes;
    }

    /// <summary>Null where the network has one conversation per person. In a crisis many comment below the same post.</summary>
    private string? Thread(Customer customer, Crisis? crisis) => customer.Account.Channel switch
    {
        "comment" when crisis is not null => "post-" + crisis.From.UtcTicks.ToString("x", CultureInfo.InvariantCulture),
        "comment" => $"post-{random.Next(1, 40)}",
        "mention" or "chat" or "email" => $"{customer.Account.Channel}-{++_threads:00000}",
        _ => null,
    };
}
