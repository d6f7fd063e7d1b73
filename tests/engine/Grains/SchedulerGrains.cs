namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Compares the scheduler of everything that runs in it with the one it was constructed on.</summary>
public interface ISchedulerGrain : IGrainWithStringKey
{
    Task<int> SchedulerId();

    /// <summary>Where the steps of its life ran; "constructor" is the measure.</summary>
    Task<string[]> Steps();

    Task<bool> AfterCall(ISchedulerGrain other);

    Task<bool> AfterValueTask();

    Task<bool> AfterWhenAll();

    Task<bool> ContinueWithStays();

    Task<bool> NestedFlowsStay();

    Task<bool> AfterException();

    Task<bool> RunStaysAway();

    Task<bool> LeavingAFlowLeavesOnlyIt();

    Task<string> TickOnce(string signal);

    Task Remind();

    Task Leave();
}

public sealed class SchedulerGrain : Grain, ISchedulerGrain, IRemindable
{
    private readonly TaskScheduler _own = TaskScheduler.Current;
    private readonly Probe _probe;
    private readonly List<string> _steps = [];

    public SchedulerGrain(Probe probe)
    {
        _probe = probe;
        _steps.Add("constructor " + (_own != TaskScheduler.Default));
    }

    private bool Stays => TaskScheduler.Current == _own;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _steps.Add("activation " + Stays);
        await Task.Yield();
        _steps.Add("activation, later " + Stays);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        bool before = Stays;
        await Task.Yield();
        _probe.Signal($"{this.GetPrimaryKeyString()} ends {before && Stays}");
    }

    public Task<int> SchedulerId() => Task.FromResult(_own.Id);

    public Task<string[]> Steps() => Task.FromResult<string[]>([.. _steps, "call " + Stays]);

    public async Task<bool> AfterCall(ISchedulerGrain other)
    {
        int id = await other.SchedulerId();
        return Stays && id != _own.Id;
    }

    public async Task<bool> AfterValueTask()
    {
        await Later();
        return Stays;

        static async ValueTask Later() => await Task.Run(static () => { });
    }

    public async Task<bool> AfterWhenAll()
    {
        await Task.WhenAll(Task.Run(static () => { }), Task.Run(static () => { }));
        bool all = Stays;
        await Task.WhenAny(Task.Run(static () => { }), new TaskCompletionSource().Task);
        return all && Stays;
    }

    public Task<bool> ContinueWithStays() => Task.Run(static () => { }).ContinueWith(_ => Stays);

    public Task<bool> NestedFlowsStay() => Task.Factory.StartNew(async () =>
    {
        bool first = Stays;
        await Task.Yield();
        return first && Stays && await Task.Factory.StartNew(() => Stays);
    }).Unwrap();

    public async Task<bool> AfterException()
    {
        try
        {
            await Task.Run(static () => throw new InvalidOperationException());
        }
        catch (InvalidOperationException)
        {
            await Task.Yield();
        }

        return Stays;
    }

    public Task<bool> RunStaysAway() => Task.Run(async () =>
    {
        bool first = TaskScheduler.Current == TaskScheduler.Default;
        await Task.Yield();
        return first && TaskScheduler.Current == TaskScheduler.Default;
    });

    public async Task<bool> LeavingAFlowLeavesOnlyIt()
    {
        bool inner = await Leave();
        return !inner && Stays;

        async Task<bool> Leave()
        {
#pragma warning disable ORLEANS0014 // What the rule forbids is what is shown here.
            await Task.Run(static () => { }).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
#pragma warning restore ORLEANS0014
            return Stays;
        }
    }

    public Task<string> TickOnce(string signal)
    {
        this.RegisterGrainTimer(
            () =>
            {
                _probe.Signal($"{signal} {Stays}");
                return Task.CompletedTask;
            },
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        return Task.FromResult(signal);
    }

    public Task Remind() => this.RegisterOrUpdateReminder("r", TimeSpan.FromMilliseconds(500), TimeSpan.FromHours(1));

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _probe.Signal($"{this.GetPrimaryKeyString()} reminded {Stays}");
        await this.UnregisterReminder((await this.GetReminder(reminderName))!);
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
