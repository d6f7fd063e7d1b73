using System.Text;
using System.Text.Json;

namespace RoutingGrid.Simulation.Replay;

/// <summary>A replay for programs: what <c>replay --json</c> prints.</summary>
public static class ReplayJson
{
    /// <summary>
    /// One line without a line end. Waits are in seconds over all calls, the abandoned included; shares are from 0 to 1; names without
    /// "recorded" are of the replay.
    /// </summary>
    public static string Line(ReplayResult result)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Replayed(json, result.Replayed.Total);
            Recorded(json, result.Plan.Recorded.Total);
            json.WriteNumber("virtualSeconds", Rounded(result.VirtualSeconds));
            json.WriteNumber("wallSeconds", Rounded(result.WallSeconds));
            json.WriteNumber("badLines", result.BadLines);
            json.WriteString("journalHash", result.JournalHash);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Replayed(Utf8JsonWriter json, GroupStatistics total)
    {
        json.WriteNumber("calls", total.Calls);
        json.WriteNumber("served", total.Served);
        json.WriteNumber("abandoned", total.Abandoned);
        json.WriteNumber("waitedShare", Rounded(total.WaitedShare));
        json.WriteNumber("meanWaitSeconds", Rounded(total.MeanWaitSeconds));
        json.WriteNumber("p90WaitSeconds", Rounded(total.P90WaitSeconds));
        json.WriteNumber("occupancy", Rounded(total.Occupancy));
    }

    private static void Recorded(Utf8JsonWriter json, GroupStatistics total)
    {
        json.WriteNumber("recordedServed", total.Served);
        json.WriteNumber("recordedAbandoned", total.Abandoned);
        json.WriteNumber("recordedMeanWaitSeconds", Rounded(total.MeanWaitSeconds));
    }

    private static double Rounded(double value) => Math.Round(value, 6);
}
