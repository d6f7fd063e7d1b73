namespace RoutingGrid.Simulation.Replay;

/// <summary>Where the columns stand. They are found by name, so that a file with its columns in another order is read too.</summary>
internal sealed class AnonymousBankColumns
{
    private static readonly string[] Names =
    [
        "vru+line", "call_id", "customer_id", "priority", "type", "date", "vru_entry", "vru_exit", "vru_time", "q_start", "q_exit",
        "q_time", "outcome", "ser_start", "ser_exit", "ser_time", "server",
    ];

    private readonly Dictionary<string, int> _positions = new(StringComparer.OrdinalIgnoreCase);

    private AnonymousBankColumns(string[] header)
    {
        Count = header.Length;
        for (var i = 0; i < header.Length; i++) _positions.TryAdd(header[i], i);
    }

    public static string Expected { get; } =
        $"Expected is a month of the Anonymous Bank: tab-separated text whose first line is the header {string.Join(' ', Names)}.";

    /// <summary>How many fields every line must have.</summary>
    public int Count { get; }

    public int this[string name] => _positions[name];

    /// <exception cref="ReplayFileException">Columns are missing; the message names them.</exception>
    public static AnonymousBankColumns FromHeader(string[] header, string file)
    {
        var columns = new AnonymousBankColumns(header);
        var missing = Names.Where(name => !columns._positions.ContainsKey(name)).ToList();
        if (missing.Count == 0) return columns;
        throw new ReplayFileException(
            $"{file} is not a month of the Anonymous Bank: its first line lacks {string.Join(", ", missing)}. {Expected}");
    }
}
