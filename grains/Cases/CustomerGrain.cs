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
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Grains.Cases;

/// <summary>One customer, one turn at a time: this is why simultaneous first messages open one case.</summary>
[CollectionAgeLimit(Minutes = RememberedMinutes)]
internal sealed class CustomerGrain(
    IJournal journal, ConfigurationCache configurations, CustomerErasure erasure, GrainOptions options, TimeProvider time, ILogger<CustomerGrain> log) : Grain, ICustomerGrain
{
    private const int RememberedMinutes = 15;

    private string _workspace = "";
    private string _customerId = "";
    private CustomerState _state = CustomerState.None;

    // Most customers' streams are too short for one.
    private Snapshot<CustomerState>? _snapshot;

    /// <summary>How long after a message the activation is there, if nothing ends it.</summary>
    internal static TimeSpan Remembered { get; } = TimeSpan.FromMinutes(RememberedMinutes);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_workspace, _customerId) = GrainKeys.Split(this.GetPrimaryKeyString());
        await Load(cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Keep(isLast: true);

    public Task<CustomerState> Get() => Task.FromResult(_state);

    public async Task<ReceiveResult> Receive(IncomingMessage message)
    {
        if (await configurations.Get(_workspace) is not { } configuration) return Refused(Refusals.WorkspaceUnknown(_workspace));
        if (Unacceptable(configuration, message) is { } refusal) return Refused(refusal);
        var thread = $"{message.Account}/{message.Thread ?? "direct"}";
        var newest = _state.Threads.GetValueOrDefault(thread);
        if (newest is not null)
        {
            var continued = await Send(newest, new ReceiveMessage { CustomerId = _customerId, Message = message, Thread = thread });
            if (continued.Refusal?.Code != RefusalCode.IllegalTransition) return continued;
        }
        return await Open(message, thread, newest);
    }

    public async Task<EraseResult> Erase(CommandContext context)
    {
        try
        {
            var result = await erasure.Erase(_workspace, _customerId, context);
            await Load(CancellationToken.None);
            if (result.Refusal is null) await Task.WhenAll(result.Cases.Select(caseId => GrainFactory.GetGrain<ICaseGrain>(GrainKeys.Of(_workspace, caseId)).CustomerErased()));
            return result;
        }
        catch
        {
            // Whether it was written is not known; and if so, nobody may keep what was known before.
            _state = CustomerState.None;
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>Another of their cases may still be open: then their next message reads the customer again.</summary>
    public Task CaseClosed()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private async Task Load(CancellationToken cancel)
    {
        var snapshot = Snapshot();
        (_state, _) = await snapshot.Load(cancel);
        _snapshot = _state.Version >= SnapshotPlace.FirstOf(options.SnapshotEvery) ? snapshot : null;
    }

    private Task Keep(bool isLast)
    {
        if (_state.Version >= SnapshotPlace.FirstOf(options.SnapshotEvery)) _snapshot ??= Snapshot();
        return _snapshot?.Keep(_state, _state.Version, isLast) ?? Task.CompletedTask;
    }

    private Snapshot<CustomerState> Snapshot()
    {
        var place = new SnapshotPlace(Stream, SnapshotDocuments.Customer, SnapshotDocuments.CustomerKey(_workspace, _customerId), options.SnapshotEvery);
        return new(journal, place, CustomerState.None, static (state, recorded) => state.Evolve(recorded.Event), log);
    }

    private StreamId Stream => new(StreamKind.Customer, _workspace, _customerId);

    /// <summary>Opens the customer's next case, written together with the customer's own event.</summary>
    private async Task<ReceiveResult> Open(IncomingMessage message, string thread, string? previous)
    {
        var number = _state.LastNumber + 1;
        var (caseId, opening) = Opening(message, thread, previous, number);
        var result = await Send(caseId, opening);
        if (result.Refusal?.Code == RefusalCode.TryAgain && await FirstFree(number) is var free && free > number)
        {
            (caseId, opening) = Opening(message, thread, previous, free);
            result = await Send(caseId, opening);
        }
        if (result.Refusal?.Code == RefusalCode.TryAgain) DeactivateOnIdle();
        if (result is not { Refusal: null, Duplicate: false }) return result;
        foreach (var happened in opening.CustomerEvents) _state = _state.Evolve(happened);
        await Keep(isLast: false);
        return result;
    }

    /// <summary>Who was erased and writes again is somebody new, and the ids of their first life's cases are taken.</summary>
    private async Task<int> FirstFree(int number)
    {
        while ((await journal.Read.Case(_workspace, CaseIds.For(_workspace, _customerId, number)))?.State.ErasedAt is not null) number++;
        return number;
    }

    private (string CaseId, ReceiveMessage Message) Opening(IncomingMessage message, string thread, string? previous, int number)
    {
        var now = time.GetUtcNow();
        var caseId = CaseIds.For(_workspace, _customerId, number);
        var opened = new CustomerCaseOpened { At = now, Thread = thread, CaseId = caseId, Number = number == _state.LastNumber + 1 ? 0 : number };
        ImmutableArray<DomainEvent> events = _state.Version > 0
            ? [opened]
            : [new CustomerAppeared { At = now, Channel = message.Channel, Author = message.Author, Name = message.AuthorName }, opened];
        return (caseId, new ReceiveMessage
        {
            CustomerId = _customerId, Message = message, Thread = thread, CustomerVersion = _state.Version, CustomerEvents = events, Previous = previous,
        });
    }

    private async Task<ReceiveResult> Send(string caseId, ReceiveMessage message)
    {
        try
        {
            return await GrainFactory.GetGrain<ICaseGrain>(GrainKeys.Of(_workspace, caseId)).Receive(message);
        }
        catch
        {
            // Whether the customer's own event was written is not known.
            DeactivateOnIdle();
            throw;
        }
    }

    private static Refusal? Unacceptable(CompiledConfiguration configuration, IncomingMessage message)
    {
        if (configuration.Channel(message.Channel) is null) return new Refusal(RefusalCode.ChannelUnknown, $"channel: the workspace has no channel '{message.Channel}'.");
        return configuration.Account(message.Account)?.Channel == message.Channel
            ? null
            : new Refusal(RefusalCode.AccountUnknown, $"account: the workspace has no account '{message.Account}' on channel '{message.Channel}'.");
    }

    private static ReceiveResult Refused(Refusal refusal) => new(refusal, "", false, false, 0);
}
