using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RoutingGrid.Grains.Storage;
using RoutingGrid.Grains.Workspaces;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Matching;

namespace RoutingGrid.Grains.Cases;

/// <summary>Loads, asks <see cref="CaseDecisions"/>, commits to the journal, tells others.</summary>
internal sealed partial class CaseGrain(IJournal journal, ConfigurationCache configurations, CaseNews news, TimeProvider time, ILogger<CaseGrain> log) : Grain, ICaseGrain
{
    private string _workspace = "";
    private string _caseId = "";
    private CaseState? _state;

    // When the customer's activation was there for sure.
    private DateTimeOffset _heardAt;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_workspace, _caseId) = GrainKeys.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<CaseResult> Get() => new(null, await Load());

    public Task<CaseResult> Answer(string agentId, string replyId, string? account, string text, CommandContext context) =>
        Decide(context, (_, _) => new CaseCommand.Answer(replyId, agentId, account, text) { At = Now, By = context.By, CommandId = context.CommandId ?? replyId });

    public Task<CaseResult> Wait(string? agentId, WaitingFor waitingFor, DateTimeOffset? until, string? note, CommandContext context) =>
        Decide(context, (configuration, state) =>
        {
            var queue = QueueOf(configuration, state);
            return new CaseCommand.Wait(agentId, waitingFor, until ?? Now.AddSeconds(queue.CustomerSilenceSeconds), queue.WaitingKeepsCapacity, note) { At = Now };
        });

    public Task<CaseResult> Escalate(string? agentId, string to, DateTimeOffset followUpAt, string? note, CommandContext context) =>
        Decide(context, (_, _) => new CaseCommand.Escalate(agentId, to, followUpAt, note) { At = Now });

    public async Task<CaseResult> Transfer(string? agentId, string queue, CommandContext context)
    {
        var (configuration, state, refused) = await Ready();
        if (refused is not null) return refused;
        if (configuration!.Queue(queue) is not { } target)
            return new CaseResult(new Refusal(RefusalCode.QueueUnknown, $"The workspace has no queue '{queue}'."), state);
        var placement = configuration.PlaceAgain(target, state, Now);
        return await Carry(context, new CaseCommand.SendToQueue(agentId, placement, QueuedBecause.Transferred, TimeSpan.Zero) { At = Now });
    }

    public async Task<CaseResult> Close(string? agentId, CloseKind kind, Rating? rating, string? reason, CommandContext context)
    {
        var (configuration, state, refused) = await Ready();
        if (refused is not null) return refused;
        var reasons = configuration!.Settings.ClosingReasons;
        if (reason is not null && !reasons.IsEmpty && !reasons.Contains(reason))
            return new CaseResult(new Refusal(RefusalCode.ReasonUnknown, $"'{reason}' is not one of the closing reasons: {string.Join(", ", reasons)}."), state);
        var reopen = configuration.Queue(state.Queue)?.ReopenSeconds ?? 0;
        DateTimeOffset? reopenUntil = kind == CloseKind.Handled && reopen > 0 ? Now.AddSeconds(reopen) : null;
        return await Carry(context, new CaseCommand.Close(agentId, kind, rating, reason, reopenUntil) { At = Now });
    }

    public Task<CaseResult> AddNote(string text, CommandContext context) => Decide(context, (_, _) => new CaseCommand.AddNote(text) { At = Now });

    public Task<CaseResult> ChangePriority(int priorityClass, double boost, CommandContext context) =>
        Decide(context, (_, _) => new CaseCommand.ChangePriority(priorityClass, boost) { At = Now });

    /// <summary>Who finds that the case has gone on without this activation knows it now, and nobody else tries again soon.</summary>
    public async Task Due(DeadlineKind kind, string key)
    {
        if ((await MeetDeadline(kind))?.Code == RefusalCode.TryAgain) await MeetDeadline(kind);
    }

    private async Task<Refusal?> MeetDeadline(DeadlineKind kind)
    {
        var (configuration, state, refused) = await Ready();
        if (refused is not null) return refused.Refusal;
        var queue = QueueToReturnTo(configuration!, state);
        var stage = Math.Min(state.Stage + 1, queue.Stages.Length);
        var due = new CaseCommand.Due(
            kind,
            configuration!.PlaceAgain(queue, state, Now),
            TimeSpan.FromSeconds(queue.PreferSameAgentSeconds),
            stage,
            Stages.NextAt(queue, state.QueuedAt, stage)) { At = Now };
        return (await Carry(CommandContext.System, due)).Refusal;
    }

    public Task CustomerErased()
    {
        Forget();
        return Task.CompletedTask;
    }

    public async Task Report()
    {
        // Whoever asks has doubts, so the row is read again: another activation may have written since.
        _state = null;
        var state = await Load();
        if (state.Status is CaseStatus.Queued or CaseStatus.Offered && await configurations.Get(_workspace) is { } configuration && configuration.Queue(state.Queue) is null)
        {
            var placement = configuration.PlaceAgain(QueueToReturnTo(configuration, state), state, Now);
            await Carry(CommandContext.System, new CaseCommand.SendToQueue(null, placement, QueuedBecause.Transferred, TimeSpan.Zero) { At = Now });
        }
        news.ToRouter(_workspace, _caseId, await Load());
    }

    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Loads what a command needs, makes it, and carries it out.</summary>
    private async Task<CaseResult> Decide(
        CommandContext context, Func<CompiledConfiguration, CaseState, CaseCommand> make, AgentWrite? agent = null, bool agentTellsRouter = false)
    {
        var (configuration, state, refused) = await Ready();
        if (refused is not null) return refused;
        var decision = CaseDecisions.Decide(state, Complete(make(configuration!, state), context));
        if (decision.Events.IsEmpty) return new CaseResult(await IsBehind(state) ? Refusals.TryAgain : decision.Refusal, state);
        var after = CaseFold.Evolve(state, decision.Events);
        AppendResult result;
        try
        {
            // Not in a method of its own: each that is awaited costs a turn's objects once more, and every change of a case comes here.
            result = await journal.Append(WriteOf(state, after, decision.Events, agent, [], null));
        }
        catch (Exception)
        {
            Forget();
            throw;
        }
        return Ended(result, state, after, agent?.AgentId, agentTellsRouter) is { } failed ? new CaseResult(failed.Refusal, state) : new CaseResult(null, after);
    }

    private Task<CaseResult> Carry(CommandContext context, CaseCommand command, AgentWrite? agent = null) => Decide(context, (_, _) => command, agent);

    private static CaseCommand Complete(CaseCommand command, CommandContext context) => command with
    {
        By = command.By ?? context.By, CommandId = command.CommandId ?? context.CommandId, IfVersion = context.IfVersion,
    };

    /// <summary>A queue that was configured away keeps its cases with its default settings until they leave it.</summary>
    private static QueueSettings QueueOf(CompiledConfiguration configuration, CaseState state) =>
        configuration.Queue(state.Queue) ?? new QueueSettings { Name = state.Queue };

    /// <summary>A case does not return to a queue that was configured away: nobody serves it.</summary>
    private static QueueSettings QueueToReturnTo(CompiledConfiguration configuration, CaseState state) =>
        configuration.Queue(state.Queue) ?? configuration.Queue(configuration.Settings.DefaultQueue ?? "") ?? QueueOf(configuration, state);

    private async ValueTask<(CompiledConfiguration? Configuration, CaseState State, CaseResult? Refused)> Ready()
    {
        var state = await Load();
        if (state.Status == CaseStatus.None) return (null, state, new CaseResult(new Refusal(RefusalCode.CaseUnknown, $"There is no case '{_caseId}'."), state));
        return await configurations.Get(_workspace) is { } configuration
            ? (configuration, state, null)
            : (null, state, new CaseResult(Refusals.WorkspaceUnknown(_workspace), state));
    }

    private async ValueTask<CaseState> Load() =>
        _state ??= (await journal.Read.Case(_workspace, _caseId))?.State ?? CaseState.None;

    /// <summary>Whether another activation has written since. What is not written rests on what is believed, and no version conflict
    /// would show that it is over.</summary>
    private async ValueTask<bool> IsBehind(CaseState state)
    {
        if (await journal.Read.Case(_workspace, _caseId) is not { } row || row.State.Version <= state.Version) return false;
        Forget();
        return true;
    }
}
