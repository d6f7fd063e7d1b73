using System.Collections.Immutable;
using Codes = RoutingGrid.Routing.Configuration.ConfigurationErrorCodes;

namespace RoutingGrid.Routing.Configuration;

/// <summary>Finds everything that is wrong with a configuration, so that one that passes can be run without another check.</summary>
public static class ConfigurationValidator
{
    private const string ReservedChannel = "erased";

    /// <summary>All errors, in the order of the document. Empty: it can be used. The same configuration gives the same errors.</summary>
    public static ImmutableArray<ConfigurationError> Validate(WorkspaceConfiguration configuration)
    {
        var errors = new ErrorList();
        var names = new KnownNames(configuration);
        ValidateChannels(configuration, errors);
        ValidateAccounts(configuration, names, errors);
        ValidateSkills(configuration, errors);
        ValidateActivities(configuration, errors);
        CalendarChecks.Validate(configuration, errors);
        QueueChecks.Validate(configuration, names, errors);
        RuleChecks.Validate(configuration, names, errors);
        ValidateDefaultQueue(configuration, names, errors);
        AgentChecks.Validate(configuration, names, errors);
        ValidatePresence(configuration.Presence, errors);
        errors.UniqueTexts("closingReasons", configuration.ClosingReasons, Limits.ClosingReasons);
        return errors.ToImmutable();
    }

    private static void ValidateChannels(WorkspaceConfiguration configuration, ErrorList errors)
    {
        errors.UniqueIds("channels", "name", configuration.Channels, c => c.Name, Limits.Channels);
        foreach (var (path, channel) in ErrorList.Each("channels", configuration.Channels))
        {
            if (channel.Name == ReservedChannel)
                errors.Add($"{path}.name", Codes.Reserved, $"Customers who were erased are called '{ReservedChannel}:…', so no channel can have this name.");
            errors.Range($"{path}.units", channel.Units, 1, Limits.Capacity);
            errors.Range($"{path}.offerTimeoutSeconds", channel.OfferTimeoutSeconds, 1, Limits.Seconds);
        }
    }

    private static void ValidateAccounts(WorkspaceConfiguration configuration, KnownNames names, ErrorList errors)
    {
        errors.UniqueIds("accounts", "id", configuration.Accounts, a => a.Id, Limits.Accounts);
        foreach (var (path, account) in ErrorList.Each("accounts", configuration.Accounts))
        {
            errors.Known($"{path}.channel", account.Channel, names.Channels, Codes.UnknownChannel, "channel");
            errors.Length($"{path}.name", account.Name, Limits.Name);
        }
    }

    private static void ValidateSkills(WorkspaceConfiguration configuration, ErrorList errors)
    {
        errors.UniqueIds("skills", "name", configuration.Skills, s => s.Name, Limits.Skills);
        foreach (var (path, skill) in ErrorList.Each("skills", configuration.Skills)) errors.Range($"{path}.levels", skill.Levels, 1, 100);
    }

    private static void ValidateActivities(WorkspaceConfiguration configuration, ErrorList errors)
    {
        errors.UniqueIds("activities", "name", configuration.Activities, a => a.Name, Limits.Activities);
        if (!ErrorList.Each("activities", configuration.Activities).Any(a => a.Item.Available))
            errors.Add("activities", Codes.NoAvailableActivity, "No activity takes work, so no case would ever find an agent; set available on at least one.");
    }

    private static void ValidateDefaultQueue(WorkspaceConfiguration configuration, KnownNames names, ErrorList errors)
    {
        if (configuration.DefaultQueue is { } queue) errors.Known("defaultQueue", queue, names.Queues, Codes.UnknownQueue, "queue");
        else if (names.Queues.Count > 0)
            errors.Add("defaultQueue", Codes.Missing, "There are queues, but none for the cases that no rule takes; name one of them.");
    }

    private static void ValidatePresence(PresenceSettings? presence, ErrorList errors)
    {
        if (presence is null)
        {
            errors.Add("presence", Codes.Missing, "Leave presence out for its defaults, or give an object; null is neither.");
            return;
        }
        errors.Range("presence.heartbeatSeconds", presence.HeartbeatSeconds, 1, 3600);
        errors.Range("presence.disconnectAfterSeconds", presence.DisconnectAfterSeconds, 0, Limits.Seconds);
        if (presence.DisconnectAfterSeconds > 0 && presence.DisconnectAfterSeconds <= presence.HeartbeatSeconds)
            errors.Add("presence.disconnectAfterSeconds", Codes.OutOfRange,
                $"{presence.DisconnectAfterSeconds} s is not longer than the heartbeat of {presence.HeartbeatSeconds} s, so every session would be lost between two heartbeats; make it longer, or 0 for no heartbeats.");
        errors.Range("presence.graceSeconds", presence.GraceSeconds, 0, Limits.Seconds);
        errors.Range("presence.idleTimeoutSeconds", presence.IdleTimeoutSeconds, 0, Limits.Seconds);
        errors.Range("presence.absoluteTimeoutSeconds", presence.AbsoluteTimeoutSeconds, 0, Limits.Seconds);
    }
}
