using System.Text;
using System.Text.Json;

namespace RoutingGrid.Silo.Erlang;

/// <summary>The figures for programs: what <c>erlang --json</c> prints.</summary>
internal static class ErlangJson
{
    /// <summary>
    /// One line without a line end. What was asked: <c>model</c>, <c>calls</c>, <c>intervalSeconds</c>, <c>ahtSeconds</c>, <c>offeredLoad</c> in Erlang,
    /// <c>patienceSeconds</c> and <c>queueLimit</c> (null: not given), <c>withinSeconds</c>, <c>targetShare</c> (null: agents were given). Then what
    /// <c>agents</c> come to; with a target they are the required ones, and <c>around</c> has some fewer and some more, without those with whom the queue
    /// would grow without end. Shares are from 0 to 1, of all calls.
    /// </summary>
    public static string Line(ErlangSettings settings, Figures figures, IEnumerable<Figures>? around = null)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            Asked(json, settings);
            Write(json, figures);
            if (around is not null)
            {
                json.WriteStartArray("around");
                foreach (var row in around)
                {
                    json.WriteStartObject();
                    Write(json, row);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Asked(Utf8JsonWriter json, ErlangSettings settings)
    {
        json.WriteString("model", settings.Model);
        Write(json, "calls", settings.Calls);
        Write(json, "intervalSeconds", settings.Interval);
        Write(json, "ahtSeconds", settings.Aht);
        Write(json, "offeredLoad", settings.Traffic.OfferedLoad);
        Write(json, "patienceSeconds", settings.Patience);
        Write(json, "queueLimit", settings.QueueLimit);
        Write(json, "withinSeconds", settings.Within);
        Write(json, "targetShare", settings.Target?.Share);
    }

    private static void Write(Utf8JsonWriter json, Figures figures)
    {
        json.WriteNumber("agents", figures.Agents);
        Write(json, "serviceLevel", figures.ServiceLevel);
        Write(json, "serviceLevelWithoutShortAbandons", figures.ServiceLevelWithoutShortAbandons);
        Write(json, "waitedShare", figures.Waits);
        Write(json, "abandonedShare", figures.Abandoned);
        Write(json, "refusedShare", figures.Blocked);
        Write(json, "meanWaitSeconds", figures.MeanWait);
        Write(json, "meanWaitOfServedSeconds", figures.MeanWaitOfServed);
        Write(json, "meanWaitOfAbandonedSeconds", figures.MeanWaitOfAbandoned);
        Write(json, "meanWaitOfDelayedSeconds", figures.MeanWaitOfDelayed);
        Write(json, "meanQueueLength", figures.MeanQueueLength);
        Write(json, "occupancy", figures.Occupancy);
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, Math.Round(number, 10));
        else json.WriteNull(name);
    }
}
