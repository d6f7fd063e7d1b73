using System.Collections.Immutable;
using System.Globalization;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Bench.History;

/// <summary>Closed cases of a brand over 90 days, in Spanish and English, with words as frequent as words are (Zipf): the same for the same number.</summary>
internal sealed class MadeUpCases
{
    public const string Workspace = "brand";
    public const int Days = 90;

    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string[] Channels { get; } = ["whatsapp", "instagram", "facebook", "email", "chat"];
    public static string[] Accounts { get; } = [.. Channels.SelectMany(channel => Enumerable.Range(1, 3).Select(i => $"@{channel}-{i}"))];
    public static string[] Queues { get; } = [.. Enumerable.Range(1, 12).Select(i => $"queue-{i}")];
    public static string[] Agents { get; } = [.. Enumerable.Range(1, 300).Select(i => $"agent-{i}")];
    public static string[] Reasons { get; } = [.. Enumerable.Range(1, 25).Select(i => $"reason-{i}")];

    private static readonly string[] Frequent =
    [
        "de", "la", "que", "el", "en", "y", "a", "the", "to", "no", "me", "mi", "un", "por", "con", "I", "es", "una", "para", "se", "my", "lo", "hola", "pedido", "and", "los", "gracias", "está", "you",
        "factura", "is", "hello", "reembolso", "envío", "order", "cuando", "días", "quiero", "tengo", "facturación", "tarjeta", "cuenta", "please", "refund", "problema", "parcel", "número", "llegó",
        "cambio", "delivery", "pago", "cliente", "tienda", "card", "horario", "garantía", "devolución", "account", "invoice", "avería", "teléfono", "contraseña", "password", "broken", "late",
    ];

    private static readonly string[] Syllables = ["ca", "me", "ti", "ro", "lla", "que", "sión", "pre", "tra", "du", "ño", "vi", "ble", "men", "to", "gu", "rá", "fi", "son", "ly", "ter", "ing", "wa", "bo"];
    private static readonly string[] First = ["María", "José", "Ana", "Luis", "John", "Emma", "Zoë", "Íñigo", "Carmen", "Paul", "Lucía", "Jack", "Noa", "Hugo", "Vera", "Omar"];
    private static readonly string[] Vocabulary = [.. Frequent, .. Enumerable.Range(0, 25_000).Select(Made)];
    private static readonly double[] Weights = Accumulated();

#pragma warning disable CA5394 // Made-up traffic, not secrets.
    private readonly Random _random = new(1);
#pragma warning restore CA5394

    /// <summary>A word by how often it is used, from 0.</summary>
    public static string Word(int rank) => Vocabulary[rank];

    /// <summary>A whole life in one append.</summary>
    public Append Next(int number, int of)
    {
        var at = Start.AddTicks((long)(TimeSpan.FromDays(Days).Ticks * (number / (double)of)));
        var account = Accounts[Skewed(Accounts.Length)];
        var channel = Channels[Array.IndexOf(Accounts, account) / 3];
        var author = _random.Next(of / 2 + 1);
        var (agent, id) = (Agents[Skewed(Agents.Length)], $"c{number.ToString(CultureInfo.InvariantCulture).PadLeft(16, '0')}");
        var customer = $"{channel}:user{author}";
        var name = $"{First[author % First.Length]} {Vocabulary[Frequent.Length + (author % 20_000)]}";
        var profile = new CaseProfile("es", "customer", "question", 10, ImmutableDictionary<string, string>.Empty.Add("customerNumber", (100_000 + author).ToString(CultureInfo.InvariantCulture)));
        ImmutableArray<DomainEvent> events =
        [
            new CaseOpened { At = at, CustomerId = customer, CustomerName = name, Channel = channel, Account = account, Thread = customer, Profile = profile },
            new MessageReceived { At = at, MessageId = id, Text = Text(15), SentAt = at },
            new CaseQueued { At = at, Queue = Queues[Skewed(Queues.Length)], Because = QueuedBecause.New, VirtualStart = at, Needs = Requirements.None },
            new CaseOffered { At = at.AddSeconds(30), OfferId = "o" + id, AgentId = agent, Units = 1, ExpiresAt = at.AddSeconds(50) },
            new CaseAssigned { At = at.AddSeconds(40), AgentId = agent, OfferId = "o" + id, Units = 1 },
            new CaseAnswered { At = at.AddSeconds(200), ReplyId = "r" + id, AgentId = agent, Account = account, Text = Text(20) },
            new CaseClosed { At = at.AddSeconds(400 + _random.Next(3000)), Kind = CloseKind.Handled, Rating = (Rating)Skewed(3), Reason = Reasons[Skewed(Reasons.Length)] },
        ];
        var changes = ImmutableArray.CreateBuilder<ReadModelChange>();
        JournalWrites.AddCase(changes, Workspace, id, CaseState.None, CaseFold.Evolve(CaseState.None, events));
        return new Append(new StreamAppend(new StreamId(StreamKind.Case, Workspace, id), 0, events), changes.DrainToImmutable());
    }

    private string Text(int words) => string.Join(' ', Enumerable.Range(0, words + _random.Next(10)).Select(_ => Vocabulary[Ranked()]));

    private int Ranked()
    {
        var place = Array.BinarySearch(Weights, _random.NextDouble() * Weights[^1]);
        return Math.Min(place < 0 ? ~place : place, Vocabulary.Length - 1);
    }

    // The first ones often, the last ones seldom.
    private int Skewed(int of) => (int)(of * Math.Pow(_random.NextDouble(), 2));

    private static string Made(int number)
    {
        var word = "";
        for (var rest = number + Syllables.Length; rest > 0; rest /= Syllables.Length) word += Syllables[rest % Syllables.Length];
        return word;
    }

    private static double[] Accumulated()
    {
        var weights = new double[Vocabulary.Length];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++) weights[i] = sum += 1.0 / (i + 2);
        return weights;
    }
}
