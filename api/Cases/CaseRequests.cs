using RoutingGrid.Api.Requests;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Api.Cases;

/// <param name="Account">The account it goes out from; absent: the one that the customer wrote to. No other is permitted.</param>
/// <param name="ReplyId">The caller's id of the answer; absent: one is made.</param>
internal sealed record ReplyRequest(string Text, string? Account = null, string? ReplyId = null) : IChecked
{
    public void Check(Checks checks)
    {
        checks.Text("text", Text);
        checks.Id("account", Account);
        checks.Id("replyId", ReplyId);
    }
}

/// <param name="Until">When it wakes up at the latest; absent: the queue's own time. Required when it waits for a time.</param>
internal sealed record WaitRequest(WaitingFor For, DateTimeOffset? Until = null, string? Note = null) : IChecked
{
    public void Check(Checks checks)
    {
        if (For == WaitingFor.Time && Until is null) checks.Fail("until", "missing", "is required when the case waits for a time.");
        checks.Text("note", Note);
    }
}

/// <summary>To a queue, or to an agent: exactly one of them.</summary>
internal sealed record TransferRequest(string? Queue = null, string? Agent = null) : IChecked
{
    public void Check(Checks checks)
    {
        if (Queue is null == Agent is null) checks.Fail("queue", "oneOf", "exactly one of queue and agent is required.");
        checks.Id("queue", Queue);
        checks.Id("agent", Agent);
    }
}

/// <param name="To">The department or system that owns the next step.</param>
internal sealed record EscalateRequest(string To, DateTimeOffset FollowUpAt, string? Note = null) : IChecked
{
    public void Check(Checks checks)
    {
        checks.Id("to", To);
        checks.Text("note", Note);
    }
}

/// <param name="Reason">One of the configured closing reasons, where there are any.</param>
internal sealed record CloseRequest(Rating? Rating = null, string? Reason = null) : IChecked
{
    public void Check(Checks checks) => checks.Id("reason", Reason);
}

internal sealed record NoteRequest(string Text) : IChecked
{
    public void Check(Checks checks) => checks.Text("text", Text);
}

/// <param name="Class">0 to 9; higher is served first.</param>
/// <param name="Boost">Points added to the effective priority.</param>
internal sealed record PriorityRequest(int Class, double Boost = 0) : IChecked
{
    public void Check(Checks checks)
    {
        checks.Range("class", Class, 0, 9);
        checks.Range("boost", Boost, -1_000_000, 1_000_000);
    }
}

/// <param name="ExceedCapacity">Permitted to exceed the agent's capacity.</param>
internal sealed record AssignRequest(string Agent, bool ExceedCapacity = false) : IChecked
{
    public void Check(Checks checks) => checks.Id("agent", Agent);
}
