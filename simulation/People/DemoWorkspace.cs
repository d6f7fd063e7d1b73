using System.Collections.Immutable;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Simulation.Traffic;

namespace RoutingGrid.Simulation.People;

/// <summary>The configuration of the made-up airline Alisio: everything that its administrator has decided.</summary>
public static class DemoWorkspace
{
    public const string Name = "demo";
    public const string Brand = Traffic.Brand.Name;

    internal const string Available = "available";
    internal const string Unavailable = "unavailable";
    internal const string Lunch = "lunch";
    internal const string Break = "break";

    internal static readonly string[] ReasonsForQuestions = ["información dada", "resuelto", "cambio hecho"];
    internal static readonly string[] ReasonsForComplaints = ["compensación", "reembolso", "disculpa", "resuelto"];
    internal static readonly string[] ReasonsForPraise = ["elogio agradecido"];
    internal static readonly string[] ReasonsForSales = ["venta cerrada", "presupuesto enviado", "sin venta"];

    /// <param name="agents">How many people work there; see <see cref="DemoRoster"/>.</param>
    public static WorkspaceConfiguration Configuration(int agents) => new()
    {
        Channels = Channels,
        Accounts = [.. Traffic.Brand.Accounts.Select(account => new AccountSettings { Id = account.Id, Channel = account.Channel, Name = account.Name })],
        Skills = [.. DemoSkills.All.Select(name => new SkillSettings { Name = name })],
        Activities =
        [
            new() { Name = Available, Available = true },
            new() { Name = "busy", KeepsOffers = true },
            new() { Name = Break },
            new() { Name = Lunch },
            new() { Name = "training" },
            new() { Name = Unavailable },
            new() { Name = "offline" },
        ],
        Queues = DemoQueues.All,
        Rules = DemoRules.All,
        DefaultQueue = DemoQueues.Care,
        Agents = DemoRoster.Of(agents),
        Presence = new() { HeartbeatSeconds = 15, DisconnectAfterSeconds = 45, GraceSeconds = 60 },
        ClosingReasons = [.. ReasonsForQuestions.Concat(ReasonsForComplaints).Concat(ReasonsForPraise).Concat(ReasonsForSales).Distinct()],
    };

    /// <summary>A chat needs somebody who is there; a comment can be answered between two other things.</summary>
    private static ImmutableArray<ChannelSettings> Channels { get; } =
    [
        new() { Name = "comment", Units = 1, OfferTimeoutSeconds = 60 },
        new() { Name = "mention", Units = 1, OfferTimeoutSeconds = 60 },
        new() { Name = "dm", Units = 1, OfferTimeoutSeconds = 45 },
        new() { Name = "whatsapp", Units = 2, OfferTimeoutSeconds = 20 },
        new() { Name = "chat", Units = 2, OfferTimeoutSeconds = 20 },
        new() { Name = "email", Units = 2, OfferTimeoutSeconds = 120 },
    ];
}

internal static class DemoSkills
{
    public const string Technical = "técnica";
    public const string Complaints = "reclamaciones";
    public const string Sales = "ventas";

    public static ImmutableArray<string> All { get; } = [Technical, Complaints, Sales];
}
