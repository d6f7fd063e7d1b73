using Orleans.Concurrency;

namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Tells the probe about everything that happens to it, in order.</summary>
public interface IOrderlyGrain : IGrainWithStringKey
{
    Task Call();

    /// <summary>Ends the activation with reasons of its own; only the first counts.</summary>
    Task End(string first, string second);

    Task<string[]> LookAtContext();
}

public sealed class OrderlyGrain : Grain, IOrderlyGrain, IDisposable
{
    private readonly Probe _probe;
    private readonly ScopedNote _note;

    public OrderlyGrain(Probe probe, ScopedNote note)
    {
        _probe = probe;
        _note = note;
        note.Owner = Key;
        probe.Write(Key + " constructed");
    }

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _probe.Write($"{Key} activated, {(cancellationToken.CanBeCanceled ? "can" : "cannot")} be cancelled");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _probe.Write($"{Key} deactivated: {reason.ReasonCode} {reason.Description}, {(cancellationToken.CanBeCanceled ? "can" : "cannot")} be cancelled");
        return Task.CompletedTask;
    }

    public Task Call()
    {
        _probe.Write(Key + " called");
        return Task.CompletedTask;
    }

    public Task End(string first, string second)
    {
        GrainContext.Deactivate(new(DeactivationReasonCode.ApplicationError, first));
        GrainContext.Deactivate(new(DeactivationReasonCode.ApplicationRequested, second));
        DeactivateOnIdle();
        _ = GrainContext.Deactivated.ContinueWith(_ => _probe.Signal(Key + " is over"), TaskScheduler.Default);
        return Task.CompletedTask;
    }

    public Task<string[]> LookAtContext()
    {
        var wrong = new List<string>();
        Check(GrainContext.GrainId == this.GetGrainId(), "grain id");
        Check(GrainContext.GrainId.Key.ToString() == Key, "key");
        Check(ReferenceEquals(GrainContext.GrainInstance, this), "instance");
        Check(ReferenceEquals(GrainContext.ActivationServices, ServiceProvider), "services");
        Check(ReferenceEquals(GrainContext.ActivationServices.GetService(typeof(ScopedNote)), _note), "scope");
        Check(GrainContext.GrainReference.Equals(this.AsReference<IOrderlyGrain>()), "reference");
        Check(GrainReference.Equals(GrainContext.GrainReference), "own reference");
        Check(!GrainContext.Deactivated.IsCompleted, "not deactivated");
        return Task.FromResult<string[]>([.. wrong]);

        void Check(bool holds, string what)
        {
            if (!holds)
            {
                wrong.Add(what);
            }
        }
    }

    public void Dispose() => _probe.Write(Key + " disposed");
}

/// <summary>Its first activation ends itself while it starts; later ones do not.</summary>
public interface ISelfEndingGrain : IGrainWithStringKey
{
    Task<int> Number();
}

public sealed class SelfEndingGrain(Probe probe) : Grain, ISelfEndingGrain
{
    private int _number;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _number = probe.Count(Key);
        if (_number == 1)
        {
            DeactivateOnIdle();
            probe.Write($"{Key} starting was {(cancellationToken.IsCancellationRequested ? "cancelled" : "not cancelled")}");
        }

        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Write($"{Key} {_number} deactivated");
        return Task.CompletedTask;
    }

    public Task<int> Number() => Task.FromResult(_number);
}

/// <summary>Never finishes starting, the first time, whatever its token says.</summary>
public interface IStuckGrain : IGrainWithStringKey
{
    Task<int> Number();

    Task EndAndHang();
}

public sealed class StuckGrain(Probe probe) : Grain, IStuckGrain
{
    private int _number;
    private bool _hangs;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        string key = this.GetPrimaryKeyString();
        _number = probe.Count(key);
        if (_number == 1 && key.StartsWith("stuck", StringComparison.Ordinal))
        {
            cancellationToken.Register(() => probe.Signal(key + " cancelled"));
            await new TaskCompletionSource().Task;
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_hangs)
        {
            cancellationToken.Register(() => probe.Signal(this.GetPrimaryKeyString() + " cancelled"));
            await new TaskCompletionSource().Task;
        }
    }

    public Task<int> Number() => Task.FromResult(_number);

    public Task EndAndHang()
    {
        _hangs = true;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

/// <summary>Ends in ways that try the patience of who calls it next.</summary>
public interface ILeavingGrain : IGrainWithStringKey
{
    Task<int> Number();

    [AlwaysInterleave]
    Task<int> NumberNow();

    /// <summary>Goes, and then stays busy until the gate opens.</summary>
    Task GoAndHold(string gate);

    /// <summary>Goes; the end waits at the gate, or throws, or calls another.</summary>
    Task Go(string how, ILeavingGrain? other = null);
}

public sealed class LeavingGrain(Probe probe) : Grain, ILeavingGrain
{
    private readonly int _number = probe.Count("leaving");
    private string _how = "";
    private ILeavingGrain? _other;

    private string Key => this.GetPrimaryKeyString();

    public Task<int> Number() => Task.FromResult(_number);

    public Task<int> NumberNow() => Number();

    public async Task GoAndHold(string gate)
    {
        DeactivateOnIdle();
        probe.Signal(gate + " reached");
        await probe.Signalled(gate);
    }

    public Task Go(string how, ILeavingGrain? other = null)
    {
        _how = how;
        _other = other;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Count(Key + " ends");
        probe.Signal(Key + " ending");
        switch (_how)
        {
            case "throws":
                throw new InvalidOperationException("cannot even end");
            case "calls":
                await _other!.Number();
                probe.Signal(Key + " called");
                break;
            case "waits":
                await probe.Signalled(Key + " may end");
                break;
        }
    }
}
