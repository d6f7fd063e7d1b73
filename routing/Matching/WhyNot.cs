namespace RoutingGrid.Routing.Matching;

/// <summary>The first reason why an agent does not get a case. In the order of precedence in which they are tried.</summary>
public abstract record WhyNot
{
    private WhyNot() { }

    /// <summary>The queue is closed, and its cases wait.</summary>
    public sealed record OutsideHours(DateTimeOffset? Opens) : WhyNot
    {
        public override string ToString() => Opens is { } opens ? $"OutsideHours(opens {Text(opens)})" : "OutsideHours(never opens)";
    }

    /// <summary>No session, or the matcher has never heard of the agent.</summary>
    public sealed record Offline : WhyNot
    {
        public override string ToString() => "Offline";
    }

    /// <summary>The activity takes no work, or the connection is lost.</summary>
    public sealed record NotAvailable(string Activity) : WhyNot
    {
        public override string ToString() => $"NotAvailable({Activity})";
    }

    /// <summary>The agent serves none of the queues whose agents are asked.</summary>
    public sealed record NotInQueue(string Queue) : WhyNot
    {
        public override string ToString() => $"NotInQueue({Queue})";
    }

    /// <summary>The required level, after the stage's relaxation, is above the agent's.</summary>
    public sealed record MissingSkill(string Skill, int Level) : WhyNot
    {
        public override string ToString() => $"MissingSkill({Skill}≥{Level})";
    }

    public sealed record LanguageNotSpoken(string Language) : WhyNot
    {
        public override string ToString() => $"Language({Language})";
    }

    public sealed record AccountNotPermitted(string Account) : WhyNot
    {
        public override string ToString() => $"AccountNotPermitted({Account})";
    }

    /// <summary>The channel is not among the agent's, or one case of it weighs more than all the agent can carry.</summary>
    public sealed record ChannelNotServed(string Channel) : WhyNot
    {
        public override string ToString() => $"ChannelNotServed({Channel})";
    }

    /// <summary>The agent has a live offer or a proposal of this case.</summary>
    public sealed record AlreadyAsked : WhyNot
    {
        public override string ToString() => "AlreadyAsked";
    }

    /// <summary>As many agents as the queue allows are being asked.</summary>
    public sealed record AskedEnough(int OffersAtOnce) : WhyNot
    {
        public override string ToString() => $"AskedEnough({OffersAtOnce})";
    }

    public sealed record Declined(DateTimeOffset Until) : WhyNot
    {
        public override string ToString() => $"Declined({Text(Until)})";
    }

    /// <summary>The case still waits for the agent it prefers.</summary>
    public sealed record ReservedForPreferred(string AgentId, DateTimeOffset Until) : WhyNot
    {
        public override string ToString() => $"ReservedForPreferred({AgentId} until {Text(Until)})";
    }

    /// <summary>The agent's hands are full, offers and proposals counted.</summary>
    /// <param name="Channel">The channel whose own limit is reached; null when it is the total.</param>
    public sealed record NoCapacity(int Used, int Capacity, string? Channel) : WhyNot
    {
        public override string ToString() => Channel is null
            ? $"NoCapacity({Used} of {Capacity} units)" : $"NoCapacity({Used} of {Capacity} cases of {Channel})";
    }

    /// <summary>The agent is free, and so many other cases that they may take come first. Gone after the next pass.</summary>
    public sealed record OthersFirst(int Cases) : WhyNot
    {
        public override string ToString() => $"OthersFirst({Cases})";
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
