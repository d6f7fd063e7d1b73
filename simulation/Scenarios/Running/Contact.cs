using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Simulation.Scenarios.Running;

internal enum ContactState { Expected, Waiting, Served, Abandoned, Blocked }

/// <summary>Somebody who writes or calls. What they bring with them is drawn before they arrive.</summary>
internal sealed class Contact(ContactType type, int typeIndex, int index, TimeSpan arrival, TimeSpan service, TimeSpan? patience)
{
    private string? _caseId;
    private bool _counted;

    public ContactType Type { get; } = type;
    public int TypeIndex { get; } = typeIndex;

    /// <summary>The how-manieth of its type, from 0.</summary>
    public int Index { get; } = index;

    /// <summary>Since the start.</summary>
    public TimeSpan Arrival { get; } = arrival;
    public TimeSpan Service { get; } = service;
    public TimeSpan? Patience { get; } = patience;

    /// <summary>Service still to come, where somebody lost it half done.</summary>
    public TimeSpan Left { get; set; } = service;

    public ContactState State { get; set; }

    /// <summary>Offers made so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Offers that wait for an answer.</summary>
    public int LiveOffers { get; set; }
    public ITimer? PatienceTimer { get; set; }

    /// <summary>Those that count it while it is in a queue.</summary>
    public ImmutableArray<WaitingCount> Limits { get; set; } = [];

    /// <summary>Every contact is a customer of its own, so that no two become one case.</summary>
    public string Author => FormattableString.Invariant($"{Type.Name}-{Index}");

    /// <summary>Known before the case is opened, so that its news are understood whenever they come.</summary>
    public string CaseId => _caseId ??= CaseIds.For(ScenarioRun.Workspace, $"{Type.Channel}:{Author}", 1);

    /// <summary>Waits without ringing anywhere: what a limit counts.</summary>
    public bool InQueue => State == ContactState.Waiting && LiveOffers == 0;

    /// <summary>Lets the limits know whether it is in a queue now.</summary>
    public void Count()
    {
        if (_counted == InQueue) return;
        _counted = InQueue;
        foreach (var limit in Limits) limit.Waiting += _counted ? 1 : -1;
    }
}

/// <summary>Those who wait where a limit says how many may.</summary>
internal sealed class WaitingCount(int most)
{
    public int Most { get; } = most;
    public int Waiting { get; set; }
}
