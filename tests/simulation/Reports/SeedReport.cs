using System.Text;
using RoutingGrid.Journal.Audit;
using RoutingGrid.Simulation.Tests.Worlds;

namespace RoutingGrid.Simulation.Tests.Reports;

/// <summary>Says what went wrong in a run: the command that repeats it, what is broken, and what led to it.</summary>
internal static class SeedReport
{
    private const int Enough = 8;

    /// <summary>Invariants by number, as <see cref="JournalAudit"/> lists them. 0 is what people were told.</summary>
    private static readonly string[] Promises =
    [
        "what was acknowledged is kept, and nothing is done twice",
        "no case is held by two agents, and nobody holds more than they can take",
        "every acknowledged message is in exactly one case, once",
        "a customer has at most one open case per thread",
        "every open case is in exactly one place",
        "every offer ends once, and every deadline is kept, replaced or cancelled",
        "nobody is offered a case while away or without permission",
        "no agent idles while a case waits that they could have",
        "nobody is served before somebody who comes first",
        "the reports add up to what the journal says",
    ];

    public static string Of(SeededCenter center, Story story, IReadOnlyList<Violation> wrong, Exception? error)
    {
        var text = new StringBuilder();
        text.AppendLine($"{center.Spec} fails. Repeat it with:");
        text.AppendLine($"  {center.Spec.Command}");
        text.AppendLine($"What went wrong on purpose: {center.Faults}.");
        text.AppendLine();
        if (error is not null)
        {
            text.AppendLine(error is BrokenPromiseException ? error.Message : error.ToString());
            return Tell(text, story, 0, error.Message);
        }
        foreach (var violation in wrong.Take(Enough)) text.AppendLine(Say(violation));
        if (wrong.Count > Enough) text.AppendLine($"… and {wrong.Count - Enough} more.");
        return Tell(text, story, wrong[0].Position, wrong[0].What);
    }

    private static string Say(Violation violation) =>
        $"Broken{(violation.Position == 0 ? "" : $" at {violation.At:HH:mm:ss.fff}")}: {(violation.Invariant > 0 ? $"{violation.Invariant}. " : "")}{Promises[violation.Invariant]}.\n  {violation.What}";

    private static string Tell(StringBuilder text, Story story, long position, string what)
    {
        text.AppendLine().AppendLine("What led to it:");
        foreach (var line in story.Around(position, what)) text.AppendLine(line);
        return text.ToString();
    }
}
