namespace RoutingGrid.Silo.Doctor;

/// <summary>Says how far long work is, on one line that rewrites itself on a terminal, and not at all elsewhere.</summary>
internal sealed class Counter(TextWriter errors, string what) : IProgress<long>
{
    public void Report(long count)
    {
        if (!Console.IsErrorRedirected) errors.Write($"\r{count:N0} {what} ");
    }
}
