using System.Collections.Immutable;
using RoutingGrid.Mutants.Tests.Planting;

namespace RoutingGrid.Mutants.Tests.Bugs;

/// <summary>Who waits, for how long, and whether anybody comes.</summary>
internal static class Waiting
{
    public static ImmutableArray<Mutation> All => [SeveralCases, NewestFirst, StuckAfterCrash, CountedTwice, DeclinedForEver];

    private static Mutation NewestFirst => new(
        "freed capacity goes to the newest while the oldest starves",
        "Among equals the matcher takes who came last.",
        new Catcher.Seeds("none", 20, 8, "which comes first"),
        [new("routing/Matching/CaseEntry.cs", "a.VirtualStart < b.VirtualStart", "a.VirtualStart > b.VirtualStart")]);

    private static Mutation StuckAfterCrash => new(
        "an agent stuck Reserved or a case stuck Offered after a crash",
        "An offer's timeout is kept in memory only.",
        new Catcher.Seeds("crash", 20, 5, "ran out at .* and lives"),
        [new("journal/JournalWrites.cs", "if (!before.Offers.Contains(offer)) Put(changes, AgentOf(workspace, offer), CaseDeadlines.OfOffer(caseId, offer));", "_ = offer;")]);

    private static Mutation DeclinedForEver => new(
        "the only agent declines and the case is never offered again",
        "A decline holds for ever, also where nobody else is left.",
        new Catcher.Seeds("none", 20, 0, "do not come to an end"),
        [
            new("grains/Cases/CaseGrain.Agents.cs", "Now.AddSeconds(QueueOf(configuration, state).DeclinedForSeconds)", "DateTimeOffset.MaxValue"),
            new("routing/Matching/AgentEntry.cs", "decline.Epoch == View.AvailabilityEpoch && ", ""),
            new("routing/Matching/Chooser.cs", "if (entry.Declines.IsEmpty || !OthersThanDecliners(group, entry)) return;", "if (entry.Declines.IsEmpty) return;"),
        ]);

    private static Mutation SeveralCases => new(
        "simultaneous first messages open several cases",
        "Messages of one customer are handled side by side, each opens a case with an id of its own, and no version guards the customer.",
        new Catcher.Seeds("none", 20, 3, "has cases .* open in thread"),
        [
            new("grains/Cases/CustomerGrain.cs", "internal sealed class CustomerGrain(", "[Reentrant] internal sealed class CustomerGrain("),
            new("grains/Cases/CustomerGrain.cs", "CaseIds.For(_workspace, _customerId, number);", "CaseIds.For(_workspace, _customerId + message.MessageId, number);"),
            new("journal/Memory/MemoryJournal.cs", "if (actual != stream.ExpectedVersion)", "if (actual != stream.ExpectedVersion && stream.Stream.Kind != StreamKind.Customer)"),
        ]);

    private static Mutation CountedTwice => new(
        "completions counted twice skew the distribution",
        "Every time that an agent hears of a case's end it frees a place, however often it is told.",
        new Catcher.Seeds("none", 20, 1, "units of "),
        [
            new("grains/Agents/Hands.cs",
                "if (index < 0 && holding is { Units: 0, Held: false }) return Taken.Nothing;",
                """
                if (index < 0 && holding is { Units: 0, Held: false })
                        {
                            _finished++;
                            return Taken.OtherWeight;
                        }
                """),
            new("grains/Agents/Hands.cs", "private readonly List<Holding> _holdings = [];", "private readonly List<Holding> _holdings = [];\n    private int _finished;"),
            new("grains/Agents/Hands.cs", "return new AgentLoad(units, cases);", "return new AgentLoad(units - _finished, cases);"),
        ]);
}
