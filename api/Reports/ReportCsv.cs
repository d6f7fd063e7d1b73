using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace RoutingGrid.Api.Reports;

/// <summary>A report as a table for spreadsheets: the names of the JSON as headings, moments in UTC, durations in seconds.</summary>
internal sealed class ReportCsv(string fileName, ImmutableArray<string> heading, IEnumerable<IEnumerable<string>> rows) : IResult
{
    public static ReportCsv Of(string fileName, ReportView<QueueIntervalView> report) => new(
        fileName,
        [
            "zone", "queue", "date", "start", "end", "arrived", "transferredIn", "transferredOut", "assigned", "assignedInTime", "answered", "abandoned", "closed", "handled",
            "tmeSeconds", "tmoSeconds", "serviceLevel", "longestWaitSeconds", "waitSeconds", "handlingSeconds",
        ],
        report.Items.Select(row => Row(
            report.Zone, row.Queue, row.Date, row.Start, row.End, row.Arrived, row.TransferredIn, row.TransferredOut, row.Assigned, row.AssignedInTime, row.Answered, row.Abandoned,
            row.Closed, row.Handled, row.TmeSeconds, row.TmoSeconds, row.ServiceLevel, row.LongestWaitSeconds, row.WaitSeconds, row.HandlingSeconds)));

    /// <summary>Each activity that occurs has a column of its own.</summary>
    public static ReportCsv Of(string fileName, ReportView<AgentDayView> report)
    {
        ImmutableArray<string> activities = [.. report.Items.SelectMany(row => row.Activities.Keys).Distinct().Order(StringComparer.Ordinal)];
        return new(
            fileName,
            [
                "zone", "agent", "date", "start", "end", "offers", "accepted", "declined", "rungOut", "withdrawn", "superseded", "open", "given", "answers", "handled", "closed",
                "tmoSeconds", "handlingSeconds", "signedInSeconds", "firstActivityAt", "lastActivityAt", .. activities.Select(activity => $"activities.{activity}"),
            ],
            report.Items.Select(row => Row(
                report.Zone, row.Agent, row.Date, row.Start, row.End, row.Offers, row.Accepted, row.Declined, row.RungOut, row.Withdrawn, row.Superseded, row.Open, row.Given,
                row.Answers, row.Handled, row.Closed, row.TmoSeconds, row.HandlingSeconds, row.SignedInSeconds, row.FirstActivityAt, row.LastActivityAt)
                .Concat(activities.Select(activity => Text(row.Activities.GetValueOrDefault(activity))))));
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancel) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = "text/csv; charset=utf-8";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        response.Headers.ContentDisposition = disposition.ToString();
        // As in exports of cases: the mark says that it is UTF-8, and no name becomes a formula.
        await using var csv = CsvWriter.Create(response.Body, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);
        await csv.WriteRecordAsync([.. heading], cancel);
        foreach (var row in rows) await csv.WriteRecordAsync([.. row], cancel);
        await csv.FlushAsync(cancel);
    }

    private static IEnumerable<string> Row(params object?[] cells) => cells.Select(Text);

    private static string Text(object? cell) => cell switch
    {
        null => "",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)cell,
    };
}
