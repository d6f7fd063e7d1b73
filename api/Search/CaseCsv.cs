using System.Globalization;
using System.Text.Json;
using CsvHelper;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Api.Search;

/// <summary>Cases as lines of a table. What a customer can write must not become a formula in whoever's spreadsheet: a field that begins like one gets an apostrophe before it.</summary>
internal sealed class CaseCsv(Stream to) : IAsyncDisposable
{
    private static readonly (string Name, Func<CaseRow, string?> Of)[] Columns =
    [
        ("id", row => row.CaseId),
        ("createdAt", row => Time(row.State.CreatedAt)),
        ("closedAt", row => Time(row.State.ClosedAt)),
        ("state", row => Name(row.State.Status)),
        ("shown", row => Name(row.State.Shown)),
        ("channel", row => row.State.Channel),
        ("account", row => row.State.Account),
        ("queue", row => row.State.Queue),
        ("customer", row => row.State.CustomerId),
        ("customerName", row => row.State.CustomerName),
        ("customerNumber", row => row.State.Profile?.Attributes.GetValueOrDefault("customerNumber")),
        ("agent", row => row.State.Holder ?? row.State.LastHolder),
        ("rating", row => row.State.Rating is { } rating ? Name(rating) : null),
        ("reason", row => row.State.Reason),
        ("closeKind", row => row.State.CloseKind is { } kind ? Name(kind) : null),
        ("firstAssignedAt", row => Time(row.State.FirstAssignedAt)),
        ("firstAnsweredAt", row => Time(row.State.FirstAnsweredAt)),
        ("messages", row => row.State.Messages.ToString(CultureInfo.InvariantCulture)),
        ("answers", row => row.State.Answers.ToString(CultureInfo.InvariantCulture)),
        ("previous", row => row.State.Previous),
    ];

    // Spreadsheets take a file for UTF-8 where it begins with the mark, and for something else where it does not.
    private readonly CsvWriter _csv = CsvWriter.Create(to, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);

    public Task Begin(CancellationToken cancel) => Write([.. Columns.Select(column => column.Name)], cancel);

    public Task Write(CaseRow row, CancellationToken cancel) => Write([.. Columns.Select(column => column.Of(row) ?? "")], cancel);

    public async Task Flush(CancellationToken cancel) => await _csv.FlushAsync(cancel);

    public ValueTask DisposeAsync() => _csv.DisposeAsync();

    private async Task Write(string[] fields, CancellationToken cancel) => await _csv.WriteRecordAsync(fields, cancel);

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
