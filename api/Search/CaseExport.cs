using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;
using RoutingGrid.Api.Cases;
using RoutingGrid.Api.Json;
using RoutingGrid.Journal;
using RoutingGrid.Journal.History;
using RoutingGrid.Journal.History.Search;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Api.Search;

/// <summary>A list of cases as a file, written page by page while it is read: as long as it may be, it takes no more memory. It ends when the client leaves.</summary>
internal sealed class CaseExport(string workspace, CaseSearch search, string format, IHistory history, IJournal journal) : IResult
{
    public static ImmutableArray<string> Formats { get; } = ["csv", "json", "jsonl"];

    private const int RowsAtOnce = 500;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);

        // Before the first byte, so that a refusal is still an answer.
        var first = await Next(null, ended.Token);
        var response = httpContext.Response;
        response.ContentType = format switch { "csv" => "text/csv; charset=utf-8", "json" => "application/json; charset=utf-8", _ => "application/x-ndjson; charset=utf-8" };
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"cases-{workspace}.{format}");
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "no-store";
        try
        {
            if (format == "csv") await WriteCsv(first, response, ended.Token);
            else await WriteJson(first, response, ended.Token);
        }
        catch (Exception) when (response.HasStarted && !httpContext.RequestAborted.IsCancellationRequested)
        {
            // What was sent looks whole to whoever does not see the connection break.
            httpContext.Abort();
            throw;
        }
    }

    private async ValueTask<(IReadOnlyList<CaseRow> Rows, string? Next)> Next(string? cursor, CancellationToken cancel)
    {
        var page = await history.Find(workspace, search, cursor, RowsAtOnce, cancel);
        return (await journal.Read.CasesNamed(workspace, page.Items, cancel), page.Next);
    }

    private async Task WriteCsv((IReadOnlyList<CaseRow> Rows, string? Next) page, HttpResponse response, CancellationToken ended)
    {
        await using var csv = new CaseCsv(response.Body);
        await csv.Begin(ended);
        while (true)
        {
            foreach (var row in page.Rows) await csv.Write(row, ended);
            await csv.Flush(ended);
            if (page.Next is null) return;
            page = await Next(page.Next, ended);
        }
    }

    private async Task WriteJson((IReadOnlyList<CaseRow> Rows, string? Next) page, HttpResponse response, CancellationToken ended)
    {
        var isArray = format == "json";
        var pipe = response.BodyWriter;
        using var json = new Utf8JsonWriter(pipe, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder });
        for (var isFirst = true; ; page = await Next(page.Next, ended))
        {
            foreach (var row in page.Rows)
            {
                if (isArray) Put(isFirst ? "["u8 : ",\n"u8);
                JsonSerializer.Serialize(json, CaseView.Of(row), ApiJson.Info<CaseView>());
                json.Flush();
                json.Reset();
                if (!isArray) Put("\n"u8);
                isFirst = false;
            }
            if (page.Next is null && isArray) Put(isFirst ? "[]\n"u8 : "]\n"u8);
            await pipe.FlushAsync(ended);
            if (page.Next is null) return;
        }

        void Put(ReadOnlySpan<byte> text)
        {
            text.CopyTo(pipe.GetSpan(text.Length));
            pipe.Advance(text.Length);
        }
    }
}
