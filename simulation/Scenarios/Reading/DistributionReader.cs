using System.Collections.Immutable;

namespace RoutingGrid.Simulation.Scenarios.Reading;

/// <summary>Distributions, of which a plain number is the simplest.</summary>
internal sealed class DistributionReader(DataFiles files)
{
    private const string Allowed = "Write a number, or an object such as {\"distribution\": \"exponential\", \"mean\": 180}.";

    private static readonly string[] Kinds = ["exponential", "lognormal", "gamma", "erlang", "deterministic", "empirical"];

    private static readonly Distribution Harmless = new Distribution.Deterministic(1);

    public Distribution Read(JsonPart part)
    {
        if (part.IsNumber) return new Distribution.Deterministic(part.Number(0, ScenarioLimits.Seconds));
        if (!part.IsObject) return part.Bad($"is {part.Described()}, not a distribution.", Allowed, Harmless);
        var name = part.Value.TryGetProperty("distribution", out var named) ? new JsonPart(named, $"{part.Path}.distribution", part.Errors).OneOf(Kinds) : null;
        switch (name)
        {
            case null:
                part.Fields("distribution", "mean", "standardDeviation", "shape", "scale", "k", "value", "file").Need("distribution", $"one of {string.Join(", ", Kinds)}");
                return Harmless;
            case "exponential":
                return new Distribution.Exponential(Positive(part.Fields("distribution", "mean"), "mean"));
            case "lognormal":
                var log = part.Fields("distribution", "mean", "standardDeviation");
                return new Distribution.LogNormal(Positive(log, "mean"), Positive(log, "standardDeviation"));
            case "gamma":
                return Gamma(part.Fields("distribution", "shape", "scale", "mean"));
            case "erlang":
                var erlang = part.Fields("distribution", "k", "mean");
                return new Distribution.Erlang(erlang.Need("k", "the number of stages")?.Whole(1, 1_000) ?? 1, Positive(erlang, "mean"));
            case "deterministic":
                return new Distribution.Deterministic(part.Fields("distribution", "value").Need("value", "the value")?.Number(0, ScenarioLimits.Seconds) ?? 1);
            default:
                return part.Fields("distribution", "file").Need("file", "a file of values") is { } file && files.Values(file) is { Length: > 0 } values
                    ? new Distribution.Empirical(values)
                    : Harmless;
        }
    }

    /// <summary>One for all periods, or a list with one for each.</summary>
    public ImmutableArray<Distribution> ReadPerPeriod(JsonPart part, int periods) => part.IsList
        ? [.. part.PerPeriod(periods, "distributions").Select(Read)]
        : [.. Enumerable.Repeat(Read(part), periods)];

    private static Distribution Gamma(JsonFields fields)
    {
        var shape = Positive(fields, "shape");
        if (fields.Find("mean") is not { } mean) return new Distribution.Gamma(shape, Positive(fields, "scale"));
        if (fields.Find("scale") is { } scale) scale.Bad("is there beside mean.", "Give one of the two.");
        return new Distribution.Gamma(shape, mean.Number(0, ScenarioLimits.Seconds, above: true) / shape);
    }

    private static double Positive(JsonFields fields, string name) =>
        fields.Need(name, "a number above 0")?.Number(0, ScenarioLimits.Seconds, above: true) ?? 1;
}
