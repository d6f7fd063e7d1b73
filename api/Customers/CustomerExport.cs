using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text.Json;
using RoutingGrid.Api.Cases;
using RoutingGrid.Api.Json;
using RoutingGrid.Journal;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Api.Customers;

/// <summary>All that is kept of one customer: the document that <c>export</c> writes.</summary>
/// <param name="Format">Which document this is; a change that breaks its readers gets another number.</param>
internal sealed record CustomerExportView(
    string Format, string Workspace, DateTimeOffset ExportedAt, ExportedCustomer Customer, ImmutableArray<ExportedCase> Cases);

/// <param name="Identities">Under which names the customer wrote.</param>
/// <param name="ErasedAt">When their personal data was destroyed: then this has none.</param>
internal sealed record ExportedCustomer(string Id, DateTimeOffset FirstSeenAt, ImmutableArray<CustomerIdentity> Identities, DateTimeOffset? ErasedAt);

/// <param name="Author">The network's id of the author.</param>
internal sealed record CustomerIdentity(string Channel, string Author, string? Name);

/// <param name="Case">How it stands.</param>
/// <param name="Timeline">Everything that happened to it, in order: messages, answers, notes, offers, who and when.</param>
internal sealed record ExportedCase(CaseView Case, ImmutableArray<TimelineItem> Timeline);

/// <summary>Writes one customer's whole data as one JSON document, a case at a time: it may be longer than memory is large.</summary>
public sealed class CustomerExport
{
    private const string Format = "routinggrid-customer/1";
    private readonly IJournal _journal;
    private readonly StreamId _customer;
    private readonly IReadOnlyList<RecordedEvent> _events;

    private CustomerExport(IJournal journal, StreamId customer, IReadOnlyList<RecordedEvent> events) => (_journal, _customer, _events) = (journal, customer, events);

    /// <summary>Null: there is no such customer.</summary>
    public static async Task<CustomerExport?> Find(IJournal journal, string workspace, string customerId, CancellationToken cancel)
    {
        var customer = new StreamId(StreamKind.Customer, workspace, customerId);
        var events = await journal.ReadStream(customer, 0, cancel);
        return events.Count == 0 ? null : new CustomerExport(journal, customer, events);
    }

    /// <summary>Writes the document. Each case is as it is when it is its turn; its state and its timeline agree.</summary>
    public async Task WriteTo(PipeWriter output, DateTimeOffset now, CancellationToken cancel)
    {
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder });
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("workspace", _customer.Workspace);
        json.WriteString("exportedAt", now.UtcDateTime);
        json.WritePropertyName("customer");
        JsonSerializer.Serialize(json, Customer(), ApiJson.Info<ExportedCustomer>());
        json.WriteStartArray("cases");
        foreach (var opened in _events.Select(recorded => recorded.Event).OfType<CustomerCaseOpened>())
        {
            JsonSerializer.Serialize(json, await Case(opened.CaseId, cancel), ApiJson.Info<ExportedCase>());
            await json.FlushAsync(cancel);
            await output.FlushAsync(cancel);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancel);
        await output.FlushAsync(cancel);
    }

    private ExportedCustomer Customer()
    {
        var identities = _events.Select(recorded => recorded.Event).OfType<CustomerAppeared>().Select(e => new CustomerIdentity(e.Channel, e.Author, e.Name));
        return new ExportedCustomer(
            _customer.Id, _events[0].Event.At, [.. identities], _events.Select(recorded => recorded.Event).OfType<CustomerErased>().FirstOrDefault()?.At);
    }

    private async Task<ExportedCase> Case(string caseId, CancellationToken cancel)
    {
        var events = await _journal.ReadStream(new StreamId(StreamKind.Case, _customer.Workspace, caseId), 0, cancel);
        var state = events.Aggregate(CaseState.None, static (state, recorded) => CaseFold.Evolve(state, recorded.Event));
        return new ExportedCase(CaseView.Of(caseId, state), [.. events.Select(TimelineItem.Of)]);
    }
}
