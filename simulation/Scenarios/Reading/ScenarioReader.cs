using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Simulation.Scenarios.Reading;

/// <summary>Reads a scenario, or says everything that keeps it from being one.</summary>
internal static class ScenarioReader
{
    private static readonly DateTimeOffset AnyStart = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public static Scenario Parse(string json, string baseFolder)
    {
        var errors = new ScenarioErrors();
        using var document = Open(json);
        var root = new JsonPart(document.RootElement, "", errors);
        if (!root.IsObject)
        {
            root.Bad($"is {root.Described()}, not an object.", "Write { \"name\": …, \"start\": …, \"periods\": …, \"types\": …, \"groups\": … }.");
            errors.ThrowIfAny();
        }
        var scenario = Read(root, new DataFiles(baseFolder));
        errors.ThrowIfAny();
        return scenario!;
    }

    private static JsonDocument Open(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException exception)
        {
            var message = exception.Message;
            var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            throw new ScenarioException([new ScenarioError(
                FormattableString.Invariant($"line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}"),
                end < 0 ? message : message[..end], "Correct the JSON there, or a little before.")]);
        }
    }

    /// <summary>Null: there are errors.</summary>
    private static Scenario? Read(JsonPart root, DataFiles files)
    {
        var fields = root.Fields("$schema", "name", "start", "periods", "warmUpMinutes", "withinSeconds", "types", "groups", "workspace", "limits");
        var name = fields.Need("name", "a name for people")?.Text(200) ?? "";
        var start = fields.Need("start", "the local date and time of the start, such as 2026-03-02T08:00") is { } at ? Start(at) : AnyStart;
        var periods = fields.Need("periods", "{ \"count\": 24, \"minutes\": 30 }, or a list") is { } parts ? PeriodReader.Read(parts, start) : [new Period(TimeSpan.Zero, TimeSpan.FromHours(1))];
        if (periods[^1].To.TotalDays > ScenarioLimits.Days) root.Errors.Add("periods", $"last {periods[^1].To.TotalDays:0} days.", $"At most {ScenarioLimits.Days} are possible.");
        var warmUp = fields.Find("warmUpMinutes") is { } minutes ? WarmUp(minutes, root.Errors.Count == 0 ? periods[^1].To : null) : TimeSpan.Zero;
        var within = fields.Find("withinSeconds")?.Number(0, ScenarioLimits.Seconds) ?? 20;

        var types = new TypeReader(files, periods, start, TimeSpan.FromSeconds(within)).Read(fields.Need("types", "a list of contact types"));
        var names = new TypeNames(types, root.Errors);
        var groups = new GroupReader(files, periods.Length).Read(fields.Need("groups", "a list of agent groups"), names);
        var ranks = Preferences.Rank(types, groups);
        var partial = fields.Find("workspace") is { } workspace ? WorkspaceBuilder.Read(workspace) : new WorkspaceConfiguration();
        var limits = fields.Find("limits") is { } list ? LimitReader.Read(list, names) : [];
        if (root.Errors.Count > 0) return null;

        var scenario = new Scenario
        {
            Name = name,
            Start = start,
            Periods = periods,
            WarmUp = warmUp,
            Types = types,
            Groups = groups,
            Limits = limits,
            Workspace = WorkspaceBuilder.Complete(partial, types, groups, ranks, limits),
        };
        WorkspaceBuilder.Check(scenario, root);
        return root.Errors.Count > 0 ? null : scenario with { Notes = ScenarioNotes.Of(scenario, partial, ranks) };
    }

    /// <param name="end">Null where the periods are not known.</param>
    private static TimeSpan WarmUp(JsonPart part, TimeSpan? end)
    {
        var warmUp = TimeSpan.FromMinutes(part.Number(0, ScenarioLimits.Days * 24 * 60));
        if (warmUp >= end) part.Bad($"is {part.Described()}, which is all of the time.", FormattableString.Invariant($"It must be less than the {end.Value.TotalMinutes} minutes of the periods."));
        return warmUp;
    }

    private static DateTimeOffset Start(JsonPart part)
    {
        var text = part.Text();
        string[] formats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];
        if (DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var start) && start.Year is >= 1970 and < 2100)
            return new DateTimeOffset(start, TimeSpan.Zero);
        return text.Length == 0 ? AnyStart : part.Bad($"is \"{text}\", not a local date and time.", "Write it as 2026-03-02T08:00, without a time zone, in the years 1970 to 2099.", AnyStart);
    }
}
