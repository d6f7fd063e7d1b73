using System.Collections.Immutable;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Tests.History;

/// <summary>Lives of cases at random, and what a search must find among them, told from the events alone.</summary>
/// <param name="isLarge">With words, names and agents that hardly any case has, beside those that many have.</param>
internal sealed class RandomHistory(int seed, bool isLarge = false)
{
    private const int CasesAtOnce = 100;

    /// <summary>Words as people write them, and what they are without case and accents.</summary>
    private static readonly (string Written, string Plain)[] Vocabulary =
    [
        ("facturación", "facturacion"), ("FACTURACION", "facturacion"), ("envío", "envio"), ("Envio", "envio"), ("tarjeta", "tarjeta"), ("horario", "horario"),
        ("Café", "cafe"), ("cafe\u0301", "cafe"), ("niño", "nino"), ("parcel", "parcel"), ("refund", "refund"), ("straße", "strasse"), ("de", "de"), ("la", "la"), ("the", "the"), ("3g", "3g"),
    ];

    private static readonly string[] Between = [" ", ", ", " - ", "\n", "... ", " ¿", "/", " \"", "' & "];
    private static readonly string[] Agents = ["ana", "ben", "carla"];
    private static readonly string[] Names = ["José García", "Jo March", "María-José", "Zoë", ""];

#pragma warning disable CA5394 // Worlds at random, not secrets.
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, Life> _lives = [];
    private readonly Dictionary<string, string[]> _plain = [];

    internal IReadOnlyList<string> Newest => [.. _lives.Values.OrderByDescending(life => life.Order).Select(life => life.CaseId)];

    /// <summary>Some events more, of old cases and of new ones.</summary>
    internal async Task Go(IJournal journal, int events)
    {
        for (var i = 0; i < events; i++)
        {
            var isNew = _lives.Count == 0 || _random.Next(5) == 0;
            var life = isNew ? new Life($"case-{_lives.Count}", _lives.Count) : Pick(_lives.Values.ToArray());
            ImmutableArray<DomainEvent> more = isNew ? [Opened(life), Queued(), Message()] : [Next()];
            _lives[life.CaseId] = life;
            var changes = ImmutableArray.CreateBuilder<ReadModelChange>();
            JournalWrites.AddCase(changes, Given.Workspace, life.CaseId, life.State, CaseFold.Evolve(life.State, more));
            Assert.IsType<AppendResult.Committed>(await journal.Append(new Append(new StreamAppend(Given.Case(life.CaseId), life.State.Version, more), changes.DrainToImmutable())));
            foreach (var happened in more) life.Apply(happened);
        }
    }

    /// <summary>Whole lives, many in an append.</summary>
    internal async Task Lives(IJournal journal, int cases)
    {
        foreach (var chunk in Enumerable.Range(0, cases).Chunk(CasesAtOnce))
        {
            var streams = ImmutableArray.CreateBuilder<StreamAppend>();
            var changes = ImmutableArray.CreateBuilder<ReadModelChange>();
            foreach (var _ in chunk)
            {
                var life = new Life($"case-{_lives.Count}", _lives.Count);
                ImmutableArray<DomainEvent> events = [Opened(life), Queued(), Message(), .. Enumerable.Range(0, _random.Next(4)).Select(_ => Next())];
                foreach (var happened in events) life.Apply(happened);
                _lives.Add(life.CaseId, life);
                streams.Add(new StreamAppend(Given.Case(life.CaseId), 0, events));
                JournalWrites.AddCase(changes, Given.Workspace, life.CaseId, CaseState.None, life.State);
            }
            Assert.IsType<AppendResult.Committed>(await journal.Append(new Append(streams.DrainToImmutable(), changes.DrainToImmutable(), [])));
        }
    }

    /// <summary>A size of pages: mostly some, now and then one that spans blocks.</summary>
    internal int PageSize() => Chance(3) ? _random.Next(500, 3000) : _random.Next(1, 60);

    internal int Place(int of) => _random.Next(of);

    internal CaseSearch Search()
    {
        var search = new CaseSearch();
        if (Chance(4)) search = search with { Text = Text() };
        if (Chance(6)) search = search with { User = Pick("jo", "JOSÉ gar", "march", "zoe", "author", "x", "a", "author-1", isLarge ? "rare1" : "j") };
        if (Chance(6)) search = search with { Channel = Pick("chat", "mail", "fax") };
        if (Chance(6)) search = search with { Account = Pick("@brand", "@other") };
        if (Chance(5)) search = search with { Agent = Pick("ana", "ben", isLarge ? "rare-1" : "carla", "nobody") };
        if (Chance(8)) search = search with { LastHolder = Pick(Agents) };
        if (Chance(8)) search = search with { Customer = $"chat:author-{_random.Next(Authors)}" };
        if (Chance(8)) search = search with { CustomerNumber = Pick("1", "2", "77") };
        if (Chance(6)) search = search with { Queue = Pick("care", "billing") };
        if (Chance(8)) search = search with { Status = Pick(Enum.GetValues<CaseStatus>()[1..]) };
        if (Chance(8)) search = search with { Shown = Pick(Enum.GetValues<ShownStatus>()) };
        if (Chance(8)) search = search with { Rating = Pick(Enum.GetValues<Rating>()) };
        if (Chance(8)) search = search with { Reason = Pick("solved", "spam") };
        if (Chance(8)) search = search with { From = Time() };
        if (Chance(8)) search = search with { To = Time() };
        if (Chance(10)) search = search with { ClosedFrom = Time() };
        if (Chance(10)) search = search with { ClosedTo = Time() };
        return search;
    }

    /// <summary>A text, mostly with something else that many cases have or few.</summary>
    internal CaseSearch TextSearch() => Search() with { Text = Text() } is var search && Chance(3) ? new CaseSearch { Text = search.Text } : new CaseSearch { Text = search.Text, Agent = search.Agent, User = search.User, Queue = search.Queue };

    /// <summary>What must be found, newest first.</summary>
    internal IReadOnlyList<string> Expected(CaseSearch search) =>
        [.. _lives.Values.Where(life => Passes(life, search)).OrderByDescending(life => life.Order).Select(life => life.CaseId)];

    private bool Passes(Life life, CaseSearch search)
    {
        var s = life.State;
        return (search.Channel is null || s.Channel == search.Channel) && (search.Account is null || s.Account == search.Account)
            && (search.Agent is null || life.Held.Contains(search.Agent)) && (search.LastHolder is null || (s.Holder ?? s.LastHolder) == search.LastHolder)
            && (search.Customer is null || s.CustomerId == search.Customer) && (search.CustomerNumber is null || s.Profile!.Attributes.GetValueOrDefault("customerNumber") == search.CustomerNumber)
            && (search.Queue is null || s.Queue == search.Queue) && (search.Status is null || s.Status == search.Status) && (search.Shown is null || s.Shown == search.Shown)
            && (search.Rating is null || s.Rating == search.Rating) && (search.Reason is null || s.Reason == search.Reason)
            && (search.From is null || s.CreatedAt >= search.From) && (search.To is null || s.CreatedAt < search.To)
            && (search.ClosedFrom is null || s.ClosedAt >= search.ClosedFrom) && (search.ClosedTo is null || s.ClosedAt < search.ClosedTo)
            && (search.User is null || HasUser(s, search.User)) && (search.Text is null || HasText(life, search.Text));
    }

    private static bool HasUser(CaseState state, string user)
    {
        var words = $"{state.CustomerId[5..]} {state.CustomerName}".ToLowerInvariant().Replace('é', 'e').Replace('í', 'i').Replace('ë', 'e').Split(' ', '-');
        return user.ToLowerInvariant().Replace('é', 'e').Split(' ', '-').All(beginning => words.Any(word => word.StartsWith(beginning, StringComparison.Ordinal)));
    }

    /// <summary>The searches that <see cref="Text"/> makes, read in the plainest way.</summary>
    private bool HasText(Life life, string text)
    {
        var texts = life.Texts.Select(one => _plain[one]).ToArray();
        return _asked[text].All(piece => texts.Any(words => Stands(piece, words)) != piece.IsExcluded);

        static bool Stands(Asked piece, string[] words)
        {
            for (var at = 0; at + piece.Words.Length <= words.Length; at++)
                if (piece.Words.Index().All(word => word.Item == words[at + word.Index] || (piece.IsPrefix && word.Index == piece.Words.Length - 1 && words[at + word.Index].StartsWith(word.Item, StringComparison.Ordinal)))) return true;
            return false;
        }
    }

    private readonly Dictionary<string, Asked[]> _asked = [];

    private string Text()
    {
        Asked[] pieces = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Piece())];
        var text = string.Join(' ', pieces.Select(piece => piece.Typed));
        _asked[text] = pieces;
        return text;
    }

    private Asked Piece()
    {
        var (first, second) = (IsRare(4) ? Rare() : Pick(Vocabulary), Pick(Vocabulary));
        var minus = Chance(4) ? "-" : "";
        return _random.Next(4) switch
        {
            0 when isLarge => Beside(),
            0 => new Asked($"{minus}\"{first.Written}, {second.Written}\"", [first.Plain, second.Plain], false, minus != ""),
            1 when isLarge && Chance(3) => Beside(),
            1 when isLarge => Beginning(first.Plain[..Math.Min(first.Plain.Length, _random.Next(1, 7))]),
            1 => Beginning(first.Plain[..2]),
            _ => new Asked(minus + first.Written, [first.Plain], false, minus != ""),
        };

        Asked Beginning(string letters) => new($"{minus}{letters}*", [letters], true, minus != "");

        // From two words to four, of the last one sometimes only some letters.
        Asked Beside()
        {
            (string Written, string Plain)[] words = [first, .. Enumerable.Range(0, 1 + (Chance(3) ? _random.Next(3) : 0)).Select(_ => Pick(Vocabulary))];
            if (Chance(2)) return new Asked($"{minus}\"{string.Join(", ", words.Select(word => word.Written))}\"", [.. words.Select(word => word.Plain)], false, minus != "");
            var last = words[^1].Plain[..Math.Min(words[^1].Plain.Length, _random.Next(1, 6))];
            string[] plain = [.. words[..^1].Select(word => word.Plain), last];
            return new Asked($"{minus}\"{string.Join(' ', plain)}\"*", plain, true, minus != "");
        }
    }

    private CaseOpened Opened(Life life) => new()
    {
        At = Time(), CustomerId = $"chat:author-{_random.Next(Authors)}", CustomerName = IsRare() ? $"Rare{_random.Next(30)} March" : Pick(Names), Channel = Pick("chat", "mail"), Account = Pick("@brand", "@other"), Thread = "t-" + life.CaseId,
        Profile = new CaseProfile(null, null, null, 0, Chance(2) ? ImmutableDictionary<string, string>.Empty.Add("customerNumber", Pick("1", "2")) : ImmutableDictionary<string, string>.Empty),
    };

    private CaseQueued Queued() => new() { At = Time(), Queue = Pick("care", "billing"), Because = QueuedBecause.New, VirtualStart = Given.Start, Needs = Requirements.None };

    private MessageReceived Message() => new() { At = Time(), MessageId = "m", Text = Written() };

    private DomainEvent Next() => _random.Next(9) switch
    {
        0 => Queued(),
        1 => Message(),
        2 => new CaseAssigned { At = Time(), AgentId = IsRare() ? $"rare-{_random.Next(3)}" : Pick(Agents), Units = 1 },
        3 => new CaseAnswered { At = Time(), ReplyId = "r", AgentId = Pick(Agents), Account = "@brand", Text = Written() },
        4 => new CaseWaiting { At = Time(), For = WaitingFor.Customer, Until = Time(), Note = Chance(2) ? Written() : null, KeepsCapacity = Chance(2) },
        5 => new CaseEscalated { At = Time(), To = "expert", FollowUpAt = Time(), Note = Written() },
        6 => new NoteAdded { At = Time(), Text = Written() },
        7 => new CaseOffered { At = Time(), OfferId = "o", AgentId = Pick(Agents), Units = 1, ExpiresAt = Time() },
        _ => new CaseClosed { At = Time(), Kind = CloseKind.Handled, Rating = Chance(3) ? null : Pick(Enum.GetValues<Rating>()), Reason = Pick("solved", "spam") },
    };

    private string Written()
    {
        var words = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => IsRare() ? Rare() : Pick(Vocabulary)).ToArray();
        var text = string.Concat(words.Select(word => word.Written + Pick(Between)));
        _plain[text] = [.. words.Select(word => word.Plain)];
        return text;
    }

    private int Authors => isLarge ? 500 : 10;

    private bool IsRare(int of = 150) => isLarge && Chance(of);

    private (string Written, string Plain) Rare()
    {
        var number = _random.Next(40);
        return ($"Raro{number}", $"raro{number}");
    }

    private DateTimeOffset Time() => Given.Start.AddMinutes(_random.Next(1000));

    private bool Chance(int of) => _random.Next(of) == 0;

    private T Pick<T>(params T[] of) => of[_random.Next(of.Length)];
#pragma warning restore CA5394

    private sealed record Asked(string Typed, string[] Words, bool IsPrefix, bool IsExcluded);

    private sealed class Life(string caseId, int order)
    {
        internal string CaseId => caseId;
        internal int Order => order;
        internal CaseState State { get; private set; } = CaseState.None;
        internal HashSet<string> Held { get; } = [];
        internal List<string> Texts { get; } = [];

        internal void Apply(DomainEvent happened)
        {
            State = CaseFold.Evolve(State, happened);
            if (happened is CaseAssigned assigned) Held.Add(assigned.AgentId);
            if (happened is CaseAnswered answered) Held.Add(answered.AgentId);
            if (happened switch
            {
                MessageReceived e => e.Text, CaseAnswered e => e.Text, CaseWaiting e => e.Note, CaseEscalated e => e.Note, NoteAdded e => e.Text, _ => null,
            } is { } text) Texts.Add(text);
        }
    }
}
