using FsCheck;
using FsCheck.Fluent;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using static RoutingGrid.Routing.Tests.Cases.GivenCase;

namespace RoutingGrid.Routing.Tests.Cases;

/// <summary>One thing that somebody wants. The numbers are taken modulo whatever there is to choose from.</summary>
internal readonly record struct Want(int What, int A, int B, int C);

/// <summary>Makes commands that often fit the state of a case, and often do not.</summary>
internal static class RandomCase
{
    private static readonly string[] Agents = ["ana", "ben", "eva"];
    private static readonly string[] Queues = ["support", "second"];

    private static readonly Gen<Want> One =
        from what in Gen.Choose(0, 29)
        from a in Gen.Choose(0, 999)
        from b in Gen.Choose(0, 999)
        from c in Gen.Choose(0, 999)
        select new Want(what, a, b, c);

    public static readonly Gen<Want[]> Histories = from count in Gen.Choose(1, 60) from wants in Gen.ArrayOf(One, count) select wants;

    public static IEnumerable<Want[]> Shrink(Want[] wants)
    {
        for (var chunk = wants.Length / 2; chunk >= 1; chunk /= 2)
            for (var at = 0; at + chunk <= wants.Length; at += chunk)
                yield return [.. wants[..at], .. wants[(at + chunk)..]];
    }

    /// <summary>Plays a history, a few seconds or minutes from one command to the next.</summary>
    public static IEnumerable<(CaseState Before, CaseCommand Command, Decision Decision, CaseState After)> Play(IEnumerable<Want> wants)
    {
        var state = CaseState.None;
        var now = Noon;
        var number = 0;
        foreach (var want in wants)
        {
            now = now.AddSeconds(want.C % 7 == 0 ? want.C : want.C % 12);
            var command = Make(state, want, now) with { At = now, CommandId = $"command-{++number}", IfVersion = want.C % 31 == 0 ? want.B : null };
            var decision = CaseDecisions.Decide(state, command);
            var after = CaseFold.Evolve(state, decision.Events);
            yield return (state, command, decision, after);
            state = after;
        }
    }

    private static CaseCommand Make(CaseState state, Want want, DateTimeOffset now)
    {
        var agent = Agents[want.A % 3];
        var actor = want.B % 3 == 0 ? null : want.B % 3 == 1 ? state.Holder : agent;
        var offer = state.Offers.IsEmpty || want.B % 5 == 0 ? $"{agent}-{want.B % 9}" : state.Offers[want.B % state.Offers.Length].OfferId;
        var asked = want.C % 9 == 0 ? agent : offer[..3];
        return want.What switch
        {
            0 or 1 or 2 or 3 => Opening(want, now),
            4 or 5 or 6 or 7 or 8 or 9 => new CaseCommand.MakeOffer(
                $"{agent}-{state.Version}", Profile(agent, want), want.C % 2, 1, Settings(want), [], now.AddSeconds(20), want.C % 4 == 0, "random") { At = now },
            10 or 11 or 12 => new CaseCommand.AcceptOffer(offer, Profile(asked, want), Settings(want), []) { At = now },
            13 or 14 => new CaseCommand.DeclineOffer(offer, asked, want.C % 2, now.AddSeconds(want.A)) { At = now },
            15 or 16 => new CaseCommand.EndOffer(offer, asked, want.A % 2 == 0 ? OfferEnd.TimedOut : OfferEnd.Withdrawn) { At = now },
            17 => new CaseCommand.Assign(agent, 1, want.C % 2 == 0) { At = now },
            18 or 19 => new CaseCommand.Answer($"r{want.A}", actor ?? agent, want.C % 4 == 0 ? "other" : null, "buenas") { At = now },
            20 or 21 => new CaseCommand.Wait(actor, (WaitingFor)(want.C % 3), now.AddSeconds(want.A - 20), want.C % 2 == 0, null) { At = now },
            22 => new CaseCommand.Escalate(actor, "billing", now.AddSeconds(want.A - 20), null) { At = now },
            23 => new CaseCommand.SendToQueue(actor, Placed(want, now), QueuedBecause.Transferred, TimeSpan.FromSeconds(want.A % 2 * 60)) { At = now },
            24 or 25 => new CaseCommand.Close(actor, (CloseKind)(want.C % 5), null, null, want.A % 2 == 0 ? now.AddSeconds(want.A) : null) { At = now },
            26 => new CaseCommand.ChangePriority((want.A % 12) - 1, want.B % 2) { At = now },
            27 => want.A % 2 == 0 ? Note() : Automatic(),
            _ => DueOf(state, want, now),
        };
    }

    private static CaseCommand.Receive Opening(Want want, DateTimeOffset now)
    {
        var plain = Message($"m{want.A}");
        return plain with
        {
            At = now, Opening = plain.Opening with { At = now }, Message = plain.Message with { At = now },
            Placement = Placed(want, now), AnswerDue = want.B % 2 == 0 ? now.AddSeconds(60) : null,
        };
    }

    private static CaseCommand.Due DueOf(CaseState state, Want want, DateTimeOffset now)
    {
        var due = CaseDeadlines.Of(state);
        var kind = due.IsEmpty || want.A % 4 == 0 ? (DeadlineKind)(want.B % 7) : due[want.A % due.Length].Kind;
        return new CaseCommand.Due(kind, Placed(want, now), TimeSpan.FromMinutes(2), state.Stage + 1, want.C % 2 == 0 ? now.AddSeconds(30) : null) { At = now };
    }

    private static Placement Placed(Want want, DateTimeOffset now) => new(
        Queues[want.A % 2], null, Requirements.None, want.B % 10, 0, TimeSpan.FromSeconds(want.C % 3 * 30),
        want.A % 3 == 0 ? now.AddSeconds(120) : null, want.B % 3 == 0 ? now.AddSeconds(600) : null, want.C % 3 == 0 ? now.AddSeconds(60) : null);

    private static QueueSettings Settings(Want want) => new() { Name = "support", OffersAtOnce = 1 + (want.B % 3), AutoAssign = want.B % 10 == 0 };

    private static AgentSettings Profile(string id, Want want) => Agent(id) with { Queues = want.C % 17 == 0 ? [] : ["support"] };
}
