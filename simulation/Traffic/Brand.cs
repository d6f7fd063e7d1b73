using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Simulation.Traffic;

/// <summary>One of the made-up airline's accounts on a network, as its customers meet it.</summary>
/// <param name="Share">Of the conversations in its language.</param>
internal sealed record BrandAccount(string Id, string Channel, string Name, string Language, Surface Surface, double Share)
{
    /// <summary>Others read it, and the network says how many follow the author.</summary>
    public bool IsPublic => Surface == Surface.Public;
}

/// <summary>Alisio, an airline of the Canary Islands that does not exist.</summary>
internal static class Brand
{
    public const string Name = "Alisio";

    public static ImmutableArray<BrandAccount> Accounts { get; } =
    [
        new("ig-vuelaalisio", "comment", "Instagram @vuelaalisio", "es", Surface.Public, 19),
        new("x-alisio", "mention", "X @alisio", "es", Surface.Public, 16),
        new("fb-alisio", "dm", "Facebook Alisio", "es", Surface.Private, 12),
        new("wa-34928000111", "whatsapp", "WhatsApp +34 928 000 111", "es", Surface.Private, 26),
        new("web-es", "chat", "alisio.example", "es", Surface.Private, 17),
        new("mail-hola", "email", "hola@alisio.example", "es", Surface.Private, 10),
        new("ig-flyalisio", "comment", "Instagram @flyalisio", "en", Surface.Public, 17),
        new("x-alisiohelp", "mention", "X @alisiohelp", "en", Surface.Public, 21),
        new("wa-442000000111", "whatsapp", "WhatsApp +44 20 0000 0111", "en", Surface.Private, 22),
        new("web-en", "chat", "alisio.example/en", "en", Surface.Private, 24),
        new("mail-help", "email", "help@alisio.example", "en", Surface.Private, 16),
    ];

    public static ImmutableArray<BrandAccount> In(string language) => language == "es" ? Spanish : English;

    private static readonly ImmutableArray<BrandAccount> Spanish = [.. Accounts.Where(account => account.Language == "es")];
    private static readonly ImmutableArray<BrandAccount> English = [.. Accounts.Where(account => account.Language == "en")];
}

internal static class Places
{
    public static string[] Cities { get; } =
    [
        "Madrid", "Barcelona", "Bilbao", "Sevilla", "Tenerife", "Las Palmas", "Lanzarote", "Málaga", "Lisboa", "Londres", "Dublín",
        "Milán", "Ámsterdam", "Berlín",
    ];

    private static readonly Dictionary<string, string> English = new()
    {
        ["Sevilla"] = "Seville", ["Lisboa"] = "Lisbon", ["Londres"] = "London", ["Dublín"] = "Dublin", ["Milán"] = "Milan", ["Ámsterdam"] = "Amsterdam",
        ["Berlín"] = "Berlin",
    };

    /// <summary>As people who write in the language call the city.</summary>
    public static string In(string language, string city) => language == "en" ? English.GetValueOrDefault(city, city) : city;
}
