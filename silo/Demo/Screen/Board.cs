namespace RoutingGrid.Silo.Demo.Screen;

// The wallboard as the API sends it.

internal sealed record Board(
    DateTimeOffset At, IReadOnlyList<QueueLine> Queues, QueueLine Total, IReadOnlyList<ActivityLine> Activities, IReadOnlyList<DecisionLine> Decisions);

internal sealed record QueueLine(
    string Queue, int Waiting, int Offered, int InHands, double LongestWaitSeconds, long Arrived, long Assigned, long Answered, long Closed, long Abandoned,
    double TmeSeconds, double TmoSeconds, double ServiceLevel);

internal sealed record ActivityLine(string Activity, bool Available, int Agents);

internal sealed record DecisionLine(DateTimeOffset At, string What, string CaseId, string Queue, string? Agent, string? Reason);
