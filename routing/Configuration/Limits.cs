namespace RoutingGrid.Routing.Configuration;

/// <summary>How large a configuration may be. Generous: they keep out mistakes and abuse, not large centers.</summary>
internal static class Limits
{
    /// <summary>The matcher keeps channels as bits of one word.</summary>
    public const int Channels = 64;
    public const int Accounts = 10_000;
    public const int Skills = 1_000;
    public const int Activities = 100;
    public const int Calendars = 1_000;
    public const int Queues = 1_000;
    public const int Rules = 1_000;
    public const int Agents = 100_000;
    public const int ClosingReasons = 1_000;
    public const int Stages = 20;
    public const int Conditions = 50;
    public const int Values = 1_000;
    public const int Holidays = 5_000;
    public const int TimesPerDay = 24;
    public const int Capacity = 10_000;
    public const int OffersAtOnce = 100;

    /// <summary>Characters of ids and names, and of texts.</summary>
    public const int Name = 100;
    public const int Text = 4_000;

    /// <summary>Ten years.</summary>
    public const int Seconds = 10 * 366 * 24 * 60 * 60;

    /// <summary>Points; the order of cases is exact up to a thousand times more.</summary>
    public const double Points = 1e6;
}
