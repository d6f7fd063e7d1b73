using System.Text.Json;
using System.Text.Json.Serialization;
using RoutingGrid.Api.Agents;
using RoutingGrid.Api.Cases;
using RoutingGrid.Api.Customers;
using RoutingGrid.Api.Health;
using RoutingGrid.Api.Keys;
using RoutingGrid.Api.Live;
using RoutingGrid.Api.Messages;
using RoutingGrid.Api.Problems;
using RoutingGrid.Api.Queues;
using RoutingGrid.Api.Reports;

namespace RoutingGrid.Api.Json;

/// <summary>Everything that crosses the wire, but for the configuration document. See <see cref="ApiJson"/>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(MessageRequest))]
[JsonSerializable(typeof(MessageReceipt))]
[JsonSerializable(typeof(CaseView))]
[JsonSerializable(typeof(PageView<CaseView>))]
[JsonSerializable(typeof(TimelineView))]
[JsonSerializable(typeof(ExplanationView))]
[JsonSerializable(typeof(ReplyRequest))]
[JsonSerializable(typeof(WaitRequest))]
[JsonSerializable(typeof(TransferRequest))]
[JsonSerializable(typeof(EscalateRequest))]
[JsonSerializable(typeof(CloseRequest))]
[JsonSerializable(typeof(NoteRequest))]
[JsonSerializable(typeof(PriorityRequest))]
[JsonSerializable(typeof(AssignRequest))]
[JsonSerializable(typeof(CustomerView))]
[JsonSerializable(typeof(CustomerExportView))]
[JsonSerializable(typeof(ErasureView))]
[JsonSerializable(typeof(AgentView))]
[JsonSerializable(typeof(ListView<AgentView>))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SignInView))]
[JsonSerializable(typeof(ActivityRequest))]
[JsonSerializable(typeof(OfferAnswerRequest))]
[JsonSerializable(typeof(ListView<QueueView>))]
[JsonSerializable(typeof(WallboardView))]
[JsonSerializable(typeof(NoticeView))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(NewKeyView))]
[JsonSerializable(typeof(ListView<KeyView>))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(ReportView<AgentDayView>))]
[JsonSerializable(typeof(ReportView<QueueIntervalView>))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
