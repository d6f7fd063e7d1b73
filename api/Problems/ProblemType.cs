namespace RoutingGrid.Api.Problems;

/// <summary>A kind of problem with a stable name, its status and its title in both languages.</summary>
/// <param name="Slug">The last segment of the problem's <c>type</c>.</param>
/// <param name="Code">The same for programs, in camelCase.</param>
internal sealed record ProblemType(string Slug, string Code, int Status, string English, string Spanish)
{
    public const string Base = "https://routinggrid.dev/problems/";

    public string Uri { get; } = Base + Slug;

    public string Title(bool spanish) => spanish ? Spanish : English;

    public static ProblemType Named(string code, int status, string english, string spanish)
    {
        var camel = char.ToLowerInvariant(code[0]) + code[1..];
        var slug = string.Concat(camel.Select(c => char.IsUpper(c) ? "-" + char.ToLowerInvariant(c) : c.ToString()));
        return new ProblemType(slug, camel, status, english, spanish);
    }
}
