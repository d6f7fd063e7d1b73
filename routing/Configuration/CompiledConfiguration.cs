using System.Collections.Frozen;
using System.Collections.Immutable;
using RoutingGrid.Routing.Calendars;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Rules;

namespace RoutingGrid.Routing.Configuration;

/// <summary>A workspace's configuration, made ready to be asked. Immutable; made once per version.</summary>
public sealed class CompiledConfiguration
{
    private readonly FrozenDictionary<string, QueueSettings> _queues;
    private readonly FrozenDictionary<string, ChannelSettings> _channels;
    private readonly FrozenDictionary<string, AccountSettings> _accounts;
    private readonly FrozenDictionary<string, ActivitySettings> _activities;
    private readonly FrozenDictionary<string, AgentSettings> _agents;
    private readonly FrozenDictionary<string, BusinessHours> _hours;
    private readonly FrozenDictionary<string, ImmutableArray<string>> _overflows;
    private readonly RuleSet _rules;

    /// <param name="settings">A configuration that has passed validation.</param>
    public CompiledConfiguration(long version, WorkspaceConfiguration settings)
    {
        Version = version;
        Settings = settings;
        _queues = settings.Queues.ToFrozenDictionary(queue => queue.Name);
        _channels = settings.Channels.ToFrozenDictionary(channel => channel.Name);
        _accounts = settings.Accounts.ToFrozenDictionary(account => account.Id);
        _activities = settings.Activities.ToFrozenDictionary(activity => activity.Name);
        _agents = settings.Agents.ToFrozenDictionary(agent => agent.Id);
        _hours = settings.Calendars.ToFrozenDictionary(calendar => calendar.Name, BusinessHours.Compile);
        _overflows = settings.Queues.ToFrozenDictionary(queue => queue.Name, OverflowsOf);
        _rules = RuleSet.Compile(settings);
    }

    public long Version { get; }
    public WorkspaceConfiguration Settings { get; }

    public QueueSettings? Queue(string name) => _queues.GetValueOrDefault(name);
    public ChannelSettings? Channel(string name) => _channels.GetValueOrDefault(name);
    public AccountSettings? Account(string id) => _accounts.GetValueOrDefault(id);
    public ActivitySettings? Activity(string name) => _activities.GetValueOrDefault(name);
    public AgentSettings? Agent(string id) => _agents.GetValueOrDefault(id);

    /// <summary>The queues whose agents are asked outside a queue's hours, nearest first: its overflow queue, that one's, and so on.</summary>
    public ImmutableArray<string> Overflows(string queue) => _overflows.GetValueOrDefault(queue, []);

    /// <summary>Units of an agent's capacity that a case of the channel takes.</summary>
    public int Units(string channel) => Channel(channel)?.Units ?? 1;

    /// <summary>Time to answer an offer of the queue's cases of a channel.</summary>
    public TimeSpan OfferTimeout(QueueSettings queue, string channel) =>
        TimeSpan.FromSeconds(queue.OfferTimeoutSeconds ?? Channel(channel)?.OfferTimeoutSeconds ?? 120);

    /// <summary>Where the rules send a case with these facts, and what its queue promises from now on.</summary>
    public Placement Place(MessageFacts facts, DateTimeOffset at)
    {
        var found = _rules.Classify(facts);
        var queue = _queues[found.Queue];
        foreach (var overflow in Overflows(queue.Name))
        {
            if (IsOpen(queue, at)) break;
            queue = _queues[overflow];
        }
        return Place(queue, found.Rule, found.Needs, found.Class, found.Boost, found.Credit, at);
    }

    /// <summary>The same case in a queue again, or in another one: what it needs stays.</summary>
    public Placement PlaceAgain(QueueSettings queue, CaseState state, DateTimeOffset at) =>
        Place(queue, state.Rule, state.Needs, state.Class, state.Boost, TimeSpan.Zero, at);

    public bool IsOpen(QueueSettings queue, DateTimeOffset at) => Hours(queue).IsOpen(at);

    /// <summary>When an answer that is owed from now on is due, where the queue promises one.</summary>
    public DateTimeOffset? AnswerDue(QueueSettings queue, DateTimeOffset at) => Due(queue, queue.Targets.NextAnswerSeconds, at);

    private Placement Place(QueueSettings queue, string? rule, Requirements needs, int priorityClass, double boost, TimeSpan credit, DateTimeOffset at) => new(
        queue.Name,
        rule,
        needs,
        priorityClass,
        boost,
        credit,
        Due(queue, queue.Targets.FirstAnswerSeconds, at),
        Due(queue, queue.Targets.ResolutionSeconds, at),
        queue.Stages.IsEmpty ? null : at.AddSeconds(queue.Stages[0].AfterSeconds));

    // A loop of overflows is refused by validation; here it ends.
    private ImmutableArray<string> OverflowsOf(QueueSettings queue)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        while (queue is { OutsideHours: OutsideHours.Overflow, OverflowQueue: { } next } && !names.Contains(next) && Queue(next) is { } found)
        {
            names.Add(next);
            queue = found;
        }
        return names.DrainToImmutable();
    }

    private DateTimeOffset? Due(QueueSettings queue, int? seconds, DateTimeOffset at) => seconds switch
    {
        null => null,
        { } plain when !queue.Targets.BusinessTime => at.AddSeconds(plain),
        { } business => Hours(queue).AddBusinessTime(at, TimeSpan.FromSeconds(business)),
    };

    private BusinessHours Hours(QueueSettings queue) => queue.Calendar is { } name ? _hours[name] : BusinessHours.Always;
}
