namespace RoutingGrid.Simulation.Traffic;

/// <summary>What a conversation is about.</summary>
internal enum Topic { Baggage, Delay, Cancelled, Refund, CheckIn, App, Seats, Pets, Points, Crew, Invoice, Groups, Fares }

/// <summary>Why somebody writes, in the words that rules use, and what about.</summary>
internal static class Purposes
{
    public const string Question = "question";
    public const string Complaint = "complaint";
    public const string Praise = "praise";
    public const string Sale = "sale";

    private static readonly Topic[] Asked =
        [Topic.Baggage, Topic.Delay, Topic.Refund, Topic.CheckIn, Topic.CheckIn, Topic.App, Topic.Seats, Topic.Pets, Topic.Points, Topic.Invoice];
    private static readonly Topic[] Lamented =
        [Topic.Baggage, Topic.Delay, Topic.Delay, Topic.Cancelled, Topic.Refund, Topic.App, Topic.Seats, Topic.Points, Topic.Invoice];
    private static readonly Topic[] Praised = [Topic.Crew, Topic.Crew, Topic.Baggage, Topic.App, Topic.Refund];
    private static readonly Topic[] Bought = [Topic.Fares, Topic.Fares, Topic.Groups, Topic.Seats, Topic.Pets];

    public static (string Purpose, Topic Topic) Draw(Random random)
    {
        var purpose = random.Pick((Question, 50), (Complaint, 27), (Praise, 10), (Sale, 13));
        return (purpose, random.Pick(purpose switch { Question => Asked, Complaint => Lamented, Praise => Praised, _ => Bought }));
    }
}
