using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Api.Problems;
using RoutingGrid.Api.Requests;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Api.Cases;

/// <summary>What people do to cases.</summary>
internal static class CaseActions
{
    public static void MapCaseActions(this IEndpointRouteBuilder routes)
    {
        var actions = routes.MapGroup("/workspaces/{workspace}/cases/{caseId}");
        Map("reply", Reply).For(Roles.Agents)
            .Titled("Cases", "Answer the customer", "From the account that the customer wrote to, by the agent who holds the case.");
        Map("wait", Wait).For(Roles.SupervisorsAndAgents).Titled("Cases", "Let a case wait for its customer, another party, or a time");
        Map("transfer", Transfer).For(Roles.SupervisorsAndAgents)
            .Titled("Cases", "Send a case to a queue or an agent", "By who holds it, or a supervisor. Its waiting time stays.");
        Map("escalate", Escalate).For(Roles.SupervisorsAndAgents).Titled("Cases", "Hand the next step to another department or system");
        Map("close", Close).For(Roles.SupervisorsAndAgents).Titled("Cases", "Close a case");
        Map("abandon", Abandon).For(Roles.Integrators).Titled("Cases", "Tell that the customer left before anybody took the case");
        Map("notes", Note).For(Roles.SupervisorsAndAgents).Titled("Cases", "Add a note");
        Map("priority", Priority).For(Roles.Supervisors).Titled("Cases", "Change a case's priority");
        Map("assign", Assign).For(Roles.Supervisors).Titled("Cases", "Give a case to an agent", "Beats every automatic routing.");

        RouteHandlerBuilder Map(string action, Delegate handler) => actions.MapPost(action, handler).Refuses(404, 409, 412, 422);
    }

    private static Task<Results<Ok<CaseView>, Problem>> Reply(
        string workspace, string caseId, ReplyRequest reply, Caller caller, [AsParameters] CommandHeaders headers,
        HttpContext context, CaseCommands cases) =>
        cases.Run(context, workspace, caseId, caller, headers, "reply", (grain, command) =>
            grain.Answer(caller.AgentId!, reply.ReplyId ?? command.CommandId!, reply.Account, reply.Text, command));

    private static Task<Results<Ok<CaseView>, Problem>> Wait(
        string workspace, string caseId, WaitRequest wait, Caller caller, [AsParameters] CommandHeaders headers,
        HttpContext context, CaseCommands cases) =>
        cases.Run(context, workspace, caseId, caller, headers, "wait", (grain, command) =>
            grain.Wait(caller.AgentId, wait.For, wait.Until, wait.Note, command));

    private static Task<Results<Ok<CaseView>, Problem>> Transfer(
        string workspace, string caseId, TransferRequest transfer, Caller caller, [AsParameters] CommandHeaders headers,
        HttpContext context, CaseCommands cases) =>
        transfer.Queue is { } queue
            ? cases.Run(context, workspace, caseId, caller, headers, "transfer", (grain, command) => grain.Transfer(caller.AgentId, queue, command))
            : cases.Assign(context, workspace, caseId, caller, headers, transfer.Agent!, excess: false);

    private static Task<Results<Ok<CaseView>, Problem>> Escalate(
        string workspace, string caseId, EscalateRequest escalate, Caller caller, [AsParameters] CommandHeaders headers,
        HttpContext context, CaseCommands cases) =>
        cases.Run(context, workspace, caseId, caller, headers, "escalate", (grain, command) =>
            grain.Escalate(caller.AgentId, escalate.To, escalate.FollowUpAt, escalate.Note, command));

    private static Task<Results<Ok<CaseView>, Problem>> Close(
        string workspace, string caseId, CloseRequest close, Caller caller, [AsParameters] CommandHeaders headers,
        HttpContext context, CaseCommands cases) =>
        cases.Run(context, workspace, caseId, caller, headers, "close", (grain, command) =>
            grain.Close(caller.AgentId, CloseKind.Handled, close.Rating, close.Reason, command));

    private static Task<Results<Ok<CaseView>, Problem>> Abandon(
        string workspace, string caseId, Caller caller, [AsParameters] CommandHeaders headers,
        HttpContext context, CaseCommands cases) =>
        cases.Run(context, workspace, caseId, caller, headers, "abandon", (grain, command) =>
            grain.Close(null, CloseKind.Abandoned, null, null, command));

    private static async Task<Results<Ok<CaseView>, Problem>> Note(
        string workspace, string caseId, NoteRequest note, Caller caller, [AsParameters] CommandHeaders headers,
        HttpContext context, CaseCommands cases, CaseAccess access)
    {
        if (await access.Find(caller, workspace, caseId, context.RequestAborted) is null) return CaseReads.NoSuchCase(caseId);
        return await cases.Run(context, workspace, caseId, caller, headers, "note", (grain, command) => grain.AddNote(note.Text, command));
    }

    private static Task<Results<Ok<CaseView>, Problem>> Priority(
        string workspace, string caseId, PriorityRequest priority, Caller caller, [AsParameters] CommandHeaders headers,
        HttpContext context, CaseCommands cases) =>
        cases.Run(context, workspace, caseId, caller, headers, "priority", (grain, command) =>
            grain.ChangePriority(priority.Class, priority.Boost, command));

    private static Task<Results<Ok<CaseView>, Problem>> Assign(
        string workspace, string caseId, AssignRequest assign, Caller caller, [AsParameters] CommandHeaders headers,
        HttpContext context, CaseCommands cases) =>
        cases.Assign(context, workspace, caseId, caller, headers, assign.Agent, assign.ExceedCapacity);
}
