using System.Globalization;
using RoutingGrid.Simulation.Outcomes.Staffing;

namespace RoutingGrid.Silo.Simulate;

/// <summary>What was asked for on the command line.</summary>
internal sealed record SimulateSettings(
    string File, int Replications, ulong Seed, bool Json, string? Csv, string? Html, string? Compare, StaffingTarget? Target, string? Write)
{
    /// <summary>Files that will be written, with the option that named each.</summary>
    public IEnumerable<(string Option, string File)> Outputs =>
        new[] { ("--csv", Csv), ("--html", Html), ("--write", Write) }.Where(output => output.Item2 is not null).Select(output => (output.Item1, output.Item2!));

    /// <summary>What to type to get the same again.</summary>
    public string Command()
    {
        var command = $"dotnet run -c Release --project silo -- simulate {Quoted(File)} --replications {Replications} --seed {Seed}";
        if (Compare is not null) command += $" --compare {Quoted(Compare)}";
        if (Target is not null) command += string.Create(CultureInfo.InvariantCulture, $" --staff-for {Target.Share * 100:0.######}{(Target.Seconds is { } within ? $"/{within}" : "")}");
        return command;
    }

    /// <summary>As a POSIX shell takes it for one word.</summary>
    private static string Quoted(string file) =>
        file.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-+".Contains(letter)) ? file : $"'{file.Replace("'", "'\\''")}'";
}
