using Codes = RoutingGrid.Routing.Configuration.ConfigurationErrorCodes;

namespace RoutingGrid.Routing.Configuration;

/// <summary>Queues: times, stages, targets, and what happens outside hours.</summary>
internal static class QueueChecks
{
    public static void Validate(WorkspaceConfiguration configuration, KnownNames names, ErrorList errors)
    {
        errors.UniqueIds("queues", "name", configuration.Queues, q => q.Name, Limits.Queues);
        foreach (var (path, queue) in ErrorList.Each("queues", configuration.Queues))
        {
            ValidateOffers(path, queue, names, errors);
            ValidateStages(path, queue, names, errors);
            ValidateHours(path, queue, configuration, names, errors);
            ValidateTargets($"{path}.targets", queue.Targets, errors);
            errors.Range($"{path}.customerSilenceSeconds", queue.CustomerSilenceSeconds, 1, Limits.Seconds);
            errors.Defined($"{path}.agentLost", queue.AgentLost);
            errors.Range($"{path}.preferSameAgentSeconds", queue.PreferSameAgentSeconds, 0, Limits.Seconds);
            errors.Range($"{path}.reopenSeconds", queue.ReopenSeconds, 0, Limits.Seconds);
        }
    }

    private static void ValidateOffers(string path, QueueSettings queue, KnownNames names, ErrorList errors)
    {
        errors.Defined($"{path}.strategy", queue.Strategy);
        errors.Range($"{path}.offerTimeoutSeconds", queue.OfferTimeoutSeconds, 1, Limits.Seconds);
        errors.Range($"{path}.offersAtOnce", queue.OffersAtOnce, 1, Limits.OffersAtOnce);
        if (queue.RonaActivity is null || !names.Activities.TryGetValue(queue.RonaActivity, out var available))
            errors.Add($"{path}.ronaActivity", Codes.UnknownActivity, $"There is no activity \"{queue.RonaActivity}\"; add it, or name another that takes no work.");
        else if (available)
            errors.Add($"{path}.ronaActivity", Codes.RonaIsAvailable, $"\"{queue.RonaActivity}\" takes work, so an agent who lets offers ring out would get the next at once; name an activity that does not.");
        errors.Range($"{path}.declinedForSeconds", queue.DeclinedForSeconds, 0, Limits.Seconds);
        errors.Range($"{path}.ageingPerMinute", queue.AgeingPerMinute, 0, Matching.PriorityOrder.MaxRate);
        errors.Range($"{path}.preferredPatienceSeconds", queue.PreferredPatienceSeconds, 0, Limits.Seconds);
    }

    private static void ValidateStages(string path, QueueSettings queue, KnownNames names, ErrorList errors)
    {
        errors.List($"{path}.stages", queue.Stages, Limits.Stages);
        var before = 0;
        foreach (var (at, stage) in ErrorList.Each($"{path}.stages", queue.Stages))
        {
            errors.Range($"{at}.afterSeconds", stage.AfterSeconds, 1, Limits.Seconds);
            if (before > 0 && stage.AfterSeconds <= before)
                errors.Add($"{at}.afterSeconds", Codes.NotAscending, $"{stage.AfterSeconds} s is not after the stage before, which begins at {before} s; order the stages by time.");
            before = stage.AfterSeconds;
            errors.AllKnown($"{at}.dropSkills", stage.DropSkills, names.SkillNames, Codes.UnknownSkill, "skill", Limits.Skills);
            errors.Levels($"{at}.lowerSkills", stage.LowerSkills, names);
            errors.AllKnown($"{at}.addQueues", stage.AddQueues, names.Queues, Codes.UnknownQueue, "queue", Limits.Queues);
        }
    }

    private static void ValidateHours(string path, QueueSettings queue, WorkspaceConfiguration configuration, KnownNames names, ErrorList errors)
    {
        if (queue.Calendar is { } calendar) errors.Known($"{path}.calendar", calendar, names.Calendars, Codes.UnknownCalendar, "calendar");
        errors.Defined($"{path}.outsideHours", queue.OutsideHours);
        errors.Length($"{path}.automaticAnswer", queue.AutomaticAnswer, Limits.Text);
        if (queue.OutsideHours == OutsideHours.Answer && string.IsNullOrWhiteSpace(queue.AutomaticAnswer))
            errors.Add($"{path}.automaticAnswer", Codes.Missing, "Outside its hours the queue answers automatically, but there is no text; write automaticAnswer.");
        if (queue.OutsideHours == OutsideHours.Overflow && queue.OverflowQueue is null)
            errors.Add($"{path}.overflowQueue", Codes.Missing, "Outside its hours the queue overflows, but it does not say where to; name overflowQueue.");
        if (queue.OverflowQueue is { } overflow && errors.Known($"{path}.overflowQueue", overflow, names.Queues, Codes.UnknownQueue, "queue")
            && queue.OutsideHours == OutsideHours.Overflow && Loop(queue, configuration) is { } loop)
            errors.Add($"{path}.overflowQueue", Codes.OverflowLoop, $"The overflow runs in a circle: {loop}; let one of them wait or answer instead.");
    }

    /// <summary>The way back to the queue, if its overflow comes back to it.</summary>
    private static string? Loop(QueueSettings queue, WorkspaceConfiguration configuration)
    {
        var way = new List<string> { queue.Name };
        var at = queue;
        while (at is { OutsideHours: OutsideHours.Overflow, OverflowQueue: { } next })
        {
            if (next == queue.Name) return string.Join(" → ", way.Append(next));
            if (way.Contains(next)) return null;
            way.Add(next);
            at = configuration.Queues.FirstOrDefault(q => q?.Name == next);
        }
        return null;
    }

    private static void ValidateTargets(string path, TargetSettings? targets, ErrorList errors)
    {
        if (targets is null)
        {
            errors.Add(path, Codes.Missing, "Leave targets out for none, or give an object; null is neither.");
            return;
        }
        errors.Range($"{path}.firstAnswerSeconds", targets.FirstAnswerSeconds, 1, Limits.Seconds);
        errors.Range($"{path}.nextAnswerSeconds", targets.NextAnswerSeconds, 1, Limits.Seconds);
        errors.Range($"{path}.resolutionSeconds", targets.ResolutionSeconds, 1, Limits.Seconds);
        errors.Range($"{path}.serviceLevelSeconds", targets.ServiceLevelSeconds, 1, Limits.Seconds);
    }
}
