namespace RoutingGrid.Simulation.Traffic;

/// <summary>Somebody who writes to the brand, on the network they prefer.</summary>
/// <param name="Author">The network's id of them.</param>
/// <param name="Reach">How many people follow them; 0 where the network does not say.</param>
/// <param name="Audience">customer, prospect or press.</param>
/// <param name="Plan">Of the loyalty programme, if any.</param>
internal sealed record Customer(string Author, string Name, string Language, BrandAccount Account, int Reach, string Audience, string? Plan);

/// <summary>Everybody who has written so far. People who wrote once come back.</summary>
internal sealed class Customers(Random random)
{
    private const double English = 0.28;
    private const double Returning = 0.22;
    private const int Remembered = 2_000;
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(12);

    private static readonly string[] SpanishFirst =
    [
        "Lucía", "Martín", "Paula", "Hugo", "Carmen", "Álvaro", "Elena", "Javier", "Nerea", "Iker", "Aitana", "Rubén", "Noelia",
        "Óscar", "Yaiza", "Cristina", "Diego", "Marta", "Andrés", "Beatriz",
    ];
    private static readonly string[] SpanishLast =
    [
        "García", "Santana", "Rodríguez", "Pérez", "Hernández", "Vidal", "Ortega", "Medina", "Navarro", "Castro", "Iglesias", "Soler",
        "Cabrera", "Molina", "Prieto", "León",
    ];
    private static readonly string[] EnglishFirst =
    [
        "Emma", "Oliver", "Grace", "Jack", "Niamh", "Harry", "Sophie", "Liam", "Chloe", "Daniel", "Aoife", "Thomas", "Priya", "Marcus",
        "Hannah", "Owen",
    ];
    private static readonly string[] EnglishLast =
    [
        "Walsh", "Taylor", "Murphy", "Hughes", "Clarke", "Patel", "Byrne", "Evans", "Robinson", "Kelly", "Turner", "Novak", "Bennett",
        "Doyle",
    ];

    private readonly List<(Customer Customer, DateTimeOffset Seen)> _known = [];
    private int _count;

    /// <param name="inPublic">Somebody who writes in public, where others read it.</param>
    public Customer Next(DateTimeOffset at, bool inPublic)
    {
        if (!inPublic && random.Chance(Returning) && Back(at) is { } back) return back;
        var customer = New(inPublic);
        if (_known.Count < Remembered) _known.Add((customer, at));
        else _known[random.Next(Remembered)] = (customer, at);
        return customer;
    }

    /// <summary>Somebody who has been away for a while, where chance finds one.</summary>
    private Customer? Back(DateTimeOffset at)
    {
        if (_known.Count == 0) return null;
        var index = random.Next(_known.Count);
        var (customer, seen) = _known[index];
        if (at - seen < Away) return null;
        _known[index] = (customer, at);
        return customer;
    }

    private Customer New(bool inPublic)
    {
        var language = random.Chance(English) ? "en" : "es";
        var account = AccountFor(language, inPublic);
        var (first, last) = language == "en"
            ? (random.Pick(EnglishFirst), random.Pick(EnglishLast))
            : (random.Pick(SpanishFirst), random.Pick(SpanishLast));
        var reach = account.IsPublic ? DrawReach() : 0;
        var audience = reach > 5_000 && random.Chance(0.12) ? "press" : random.Chance(0.15) ? "prospect" : "customer";
        var plan = audience == "customer" ? random.Pick<string?>((null, 70), ("verde", 18), ("oro", 9), ("platino", 3)) : null;
        return new Customer($"{account.Channel}-{++_count:00000}", $"{first} {last}", language, account, reach, audience, plan);
    }

    private BrandAccount AccountFor(string language, bool inPublic)
    {
        var accounts = Brand.In(language).Where(account => account.IsPublic || !inPublic).ToArray();
        return random.Pick<BrandAccount>([.. accounts.Select(account => (account, account.Share))]);
    }

    /// <summary>Pareto: half of all authors have some hundred followers, one in a hundred has tens of thousands, and now and then there is a million.</summary>
    private int DrawReach() => (int)Math.Min(5_000_000, 90 * Math.Pow(1 - random.NextDouble(), -1 / 0.78));
}
