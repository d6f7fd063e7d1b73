using System.Globalization;

namespace RoutingGrid.Journal.Postgres.Leadership;

/// <summary>Names one process among all that ever ran: by the machine's boot, the namespace of process ids, the id, and when it started. So
/// another process in the same place can tell that it has ended.</summary>
/// <remarks>On Linux alone; elsewhere nothing is known, and a lease has to run out.</remarks>
internal static class ProcessMark
{
    private const int StateField = 0;
    private const int StartField = 19;

    /// <summary>This process; empty where it cannot be told.</summary>
    internal static string Own { get; } = Of(Environment.ProcessId);

    /// <summary>A process of this place that runs now; empty where it cannot be told.</summary>
    internal static string Of(int process) => Place() is { } place && Started(process) is { } started ? $"{place}/{process}/{started}" : "";

    /// <summary>Whether it is certain that a process is no more: it was here, and is not now.</summary>
    internal static bool IsOver(string mark)
    {
        var parts = mark.Split('/');
        if (parts.Length != 4 || Place() is not { } place || $"{parts[0]}/{parts[1]}" != place) return false;
        return int.TryParse(parts[2], CultureInfo.InvariantCulture, out var process) && Started(process) != parts[3];
    }

    /// <summary>This boot of this machine (or its container's process ids); null where it cannot be told.</summary>
    private static string? Place()
    {
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            var space = File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name;
            return space is null ? null : $"{boot}/{space}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>In ticks since the boot; null where there is no such process, or only what is left of one that nobody has waited for.</summary>
    /// <remarks>proc(5): the fields of <c>stat</c> after the name, which is in parentheses and may have any characters.</remarks>
    private static string? Started(int process)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[StateField] is "Z" or "X" ? null : fields[StartField];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
