using System.CommandLine;

namespace RoutingGrid.Silo.Hosting;

/// <summary><c>--postgres</c>, or the environment variable in its place.</summary>
internal static class PostgresOption
{
    public static Option<string?> Create() => new("--postgres")
    {
        Description = $"Connection to PostgreSQL 13 or newer. Default: the environment variable {Journals.PostgresVariable}.", HelpName = "CONNECTION",
    };

    public static string? Of(string? given) => given ?? Environment.GetEnvironmentVariable(Journals.PostgresVariable);
}
