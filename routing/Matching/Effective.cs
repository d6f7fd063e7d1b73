using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Routing.Matching;

/// <summary>What a case demands at a stage of its wait, and whose agents are asked besides those of its own queue.</summary>
/// <param name="Stage">0 before the queue's first stage.</param>
public sealed record EffectiveRequirements(int Stage, Requirements Needs, ImmutableArray<string> AddedQueues);

/// <summary>How a queue's stages relax requirements. Stages add up: at the third, the first two hold as well.</summary>
public static class Stages
{
    /// <summary>The stage of a case that entered the queue at <paramref name="queuedAt"/>; 0 before the first.</summary>
    public static int At(QueueSettings queue, DateTimeOffset queuedAt, DateTimeOffset now)
    {
        var age = now - queuedAt;
        var stage = 0;
        while (stage < queue.Stages.Length && age >= TimeSpan.FromSeconds(queue.Stages[stage].AfterSeconds)) stage++;
        return stage;
    }

    /// <summary>When the stage after <paramref name="stage"/> begins; null after the last.</summary>
    public static DateTimeOffset? NextAt(QueueSettings queue, DateTimeOffset queuedAt, int stage) =>
        stage < queue.Stages.Length ? queuedAt.AddSeconds(queue.Stages[stage].AfterSeconds) : null;

    /// <summary>What is demanded at a stage. A skill is never made harder by being lowered.</summary>
    public static EffectiveRequirements Relax(QueueSettings queue, Requirements needs, int stage)
    {
        var skills = needs.Skills;
        var language = needs.Language;
        ImmutableArray<string> added = [];
        for (var i = 0; i < Math.Min(stage, queue.Stages.Length); i++)
        {
            var at = queue.Stages[i];
            skills = [.. skills
                .Where(s => !at.DropSkills.Contains(s.Skill))
                .Select(s => at.LowerSkills.TryGetValue(s.Skill, out var enough) ? s with { Level = Math.Min(s.Level, enough) } : s)
                .Where(s => s.Level > 0)];
            if (at.DropLanguage) language = null;
            foreach (var queueName in at.AddQueues)
                if (queueName != queue.Name && !added.Contains(queueName)) added = added.Add(queueName);
        }
        return new EffectiveRequirements(stage, new Requirements(skills, language), added);
    }
}
