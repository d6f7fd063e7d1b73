using Microsoft.CodeAnalysis;

namespace RoutingGrid.Engine.Generator;

/// <summary>What does not work between grains. All are errors, since all would fail on Orleans, some of them only at run time.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor CannotCross = Rule(
        "RG0001", "Type cannot cross between grains", "'{0}' of {1} cannot cross between grains: give it [GenerateSerializer] and its members [Id]");

    public static readonly DiagnosticDescriptor ReturnType = Rule(
        "RG0002", "Grain method must be asynchronous", "{0} returns '{1}': grain methods return Task, Task<T>, ValueTask or ValueTask<T>, observers also void");

    public static readonly DiagnosticDescriptor OneWayResult = Rule(
        "RG0003", "One-way method has a result", "{0} is [OneWay], so nobody gets its result: return Task or ValueTask");

    public static readonly DiagnosticDescriptor GrainClassCrosses = Rule(
        "RG0004", "Grain class as a message", "'{0}' of {1} is a grain class: use its interface and pass AsReference<T>()");

    public static readonly DiagnosticDescriptor SeveralTokens = Rule(
        "RG0005", "Several cancellation tokens", "{0} has more than one CancellationToken");

    public static readonly DiagnosticDescriptor Unsupported = Rule(
        "RG0006", "Not part of the supported grain API", "{0} is {1}, which the embedded engine does not support");

    public static readonly DiagnosticDescriptor NoId = Rule(
        "RG0007", "Member without [Id]", "{0} holds state of a [GenerateSerializer] type, so it needs an [Id], or [NonSerialized] if it does not cross");

    public static readonly DiagnosticDescriptor SameId = Rule(
        "RG0008", "Two members with the same [Id]", "{0} and {1} have the same [Id({2})]");

    public static readonly DiagnosticDescriptor BaseType = Rule(
        "RG0009", "Base type is not serializable", "{0} has [GenerateSerializer] but its base '{1}' does not");

    public static readonly DiagnosticDescriptor NotVisible = Rule(
        "RG0010", "Type is private", "{0} crosses between grains, so it must be at least internal");

    private static DiagnosticDescriptor Rule(string id, string title, string message) =>
        new(id, title, message, "Grains", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
