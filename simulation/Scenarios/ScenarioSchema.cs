namespace RoutingGrid.Simulation.Scenarios;

/// <summary>The JSON Schema (draft 2020-12) of scenarios: <c>docs/scenario.schema.json</c>.</summary>
public static class ScenarioSchema
{
    public static string Read()
    {
        using var stream = typeof(ScenarioSchema).Assembly.GetManifestResourceStream("scenario.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
