using RoutingGrid.Api.Requests;

namespace RoutingGrid.Api.Agents;

/// <param name="SessionId">The device's own name of the session; absent: one is made. The same again is the same session.</param>
/// <param name="Activity">The activity to enter; absent: "unavailable" for the first session.</param>
internal sealed record SignInRequest(string? SessionId = null, string? Device = null, string? Activity = null) : IChecked
{
    public void Check(Checks checks)
    {
        checks.PlainId("sessionId", SessionId);
        checks.Id("device", Device);
        checks.Id("activity", Activity);
    }
}

/// <param name="SessionId">For the heartbeats, and for the RoutingGrid-Session header of what the agent does.</param>
internal sealed record SignInView(string SessionId, AgentView Agent);

internal sealed record ActivityRequest(string Activity) : IChecked
{
    public void Check(Checks checks) => checks.Id("activity", Activity);
}

internal sealed record OfferAnswerRequest(string CaseId) : IChecked
{
    public void Check(Checks checks) => checks.Id("caseId", CaseId);
}
