using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.Cases;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Api.Problems;
using RoutingGrid.Journal;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Search;

namespace RoutingGrid.Api.Search;

/// <summary>Cases by what is known of them, as pages and as files.</summary>
internal static class SearchEndpoints
{
    private const int LongestPage = 500;
    internal const int UsualPage = 50;

    // Half of a journal's connections for reading, so that others are served as well.
    private const int ReadTogether = 4;

    public static void MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workspaces/{workspace}/cases/search", Search).For(Roles.SupervisorsAndAgents).Refuses(422)
            .Titled("Cases", "Find cases, newest first", "All filters that are given must hold. An agent's key finds the cases that this agent holds or held last.");
        routes.MapGet("/workspaces/{workspace}/cases/export", Export).For(Roles.Supervisors).Refuses(422)
            .Titled("Cases", "Export a list of cases, newest first", "The filters are those of the search; format is csv, json or jsonl.")
            .Produces(200, contentType: "text/csv", additionalContentTypes: ["application/json", "application/x-ndjson"]);
    }

    private static async Task<Results<Ok<PageView<CaseView>>, Problem>> Search(
        string workspace, [AsParameters] SearchQuery query, Caller caller, IHistory history, IJournal journal, CancellationToken cancel,
        string? cursor = null, int limit = UsualPage)
    {
        if (limit is < 1 or > LongestPage) return Problem.Invalid([new FieldError("limit", "outOfRange", $"must be from 1 to {LongestPage}.")]);
        var (search, problem) = query.Read(caller);
        if (problem is not null) return problem;
        try
        {
            return TypedResults.Ok(await Page(workspace, search, cursor, limit, history, journal, cancel));
        }
        catch (ArgumentException error) when (error.ParamName == "cursor")
        {
            return Problem.Invalid([new FieldError("cursor", "notACursor", "is not one that a page named as its next.")]);
        }
    }

    internal static async Task<PageView<CaseView>> Page(
        string workspace, CaseSearch search, string? cursor, int limit, IHistory history, IJournal journal, CancellationToken cancel)
    {
        var found = await history.Find(workspace, search, cursor, limit, cancel);
        var rows = await journal.Read.CasesNamed(workspace, found.Items, cancel);
        if (search.Text is not { } text) return new PageView<CaseView>([.. rows.Select(CaseView.Of)], found.Next);
        var views = new List<CaseView>(rows.Count);
        foreach (var some in rows.Chunk(ReadTogether))
        {
            var snippets = await Task.WhenAll(some.Select(row => SnippetOf(workspace, row.CaseId, text, journal, cancel).AsTask()));
            views.AddRange(some.Zip(snippets, static (row, snippet) => CaseView.Of(row) with { Snippet = snippet }));
        }
        return new PageView<CaseView>([.. views], found.Next);
    }

    private static Results<CaseExport, Problem> Export(
        string workspace, [AsParameters] SearchQuery query, Caller caller, IHistory history, IJournal journal, string? format = null)
    {
        var (search, problem) = query.Read(caller);
        if (problem is not null) return problem;
        return CaseExport.Formats.Contains(format ?? CaseExport.Formats[0])
            ? new CaseExport(workspace, search, format ?? CaseExport.Formats[0], history, journal)
            : Problem.Invalid([new FieldError("format", "unexpected", $"must be one of {string.Join(", ", CaseExport.Formats)}.")]);
    }

    private static async ValueTask<Snippet?> SnippetOf(string workspace, string caseId, string text, IJournal journal, CancellationToken cancel) =>
        Snippet.Of(await journal.ReadStream(new StreamId(StreamKind.Case, workspace, caseId), 0, cancel), text);
}
