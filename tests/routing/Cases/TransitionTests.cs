using RoutingGrid.Routing.Cases;
using static RoutingGrid.Routing.Tests.Cases.GivenCase;

namespace RoutingGrid.Routing.Tests.Cases;

/// <summary>Every status and every command: where it leads, or which refusal it gets.</summary>
public sealed class TransitionTests
{
    // "=" goes on in the same status, "." does nothing, "!" is refused as an illegal transition, a word is the new status or another refusal.
    private const string Table = """
        command       None         Queued       Offered      Assigned     Waiting      Escalated    Closed
        message       Queued       =            =            =            Queued       =            Queued
        offer         CaseUnknown  Offered      =            !            !            !            !
        accept        CaseUnknown  OfferUnknown Assigned     OfferEnded   OfferEnded   OfferEnded   OfferEnded
        decline       CaseUnknown  OfferUnknown Queued       OfferEnded   OfferEnded   OfferEnded   OfferEnded
        withdraw      CaseUnknown  OfferUnknown Queued       OfferEnded   OfferEnded   OfferEnded   OfferEnded
        assign        CaseUnknown  Assigned     Assigned     =            Assigned     Assigned     Assigned
        answer        CaseUnknown  !            !            =            !            !            !
        wait          CaseUnknown  !            !            Waiting      !            Waiting      !
        escalate      CaseUnknown  Escalated    !            Escalated    !            !            !
        same-queue    CaseUnknown  .            Queued       Queued       Queued       Queued       !
        other-queue   CaseUnknown  =            Queued       Queued       Queued       Queued       !
        close         CaseUnknown  Closed       Closed       Closed       Closed       Closed       !
        abandon       CaseUnknown  Closed       Closed       !            !            !            !
        note          CaseUnknown  =            =            =            =            =            =
        priority      CaseUnknown  =            =            =            =            =            !
        automatic     CaseUnknown  =            =            =            =            =            .
        wake-up       CaseUnknown  .            .            .            Closed       .            .
        follow-up     CaseUnknown  .            .            .            .            Queued       .
        """;

    private static readonly Dictionary<string, Func<CaseCommand>> Commands = new()
    {
        ["message"] = () => Message("m2"),
        ["offer"] = () => Offer("ben"),
        ["accept"] = () => Accept("ana"),
        ["decline"] = () => Decline("ana"),
        ["withdraw"] = () => End("ana"),
        ["assign"] = () => Assign("ben"),
        ["answer"] = () => Answer("ana"),
        ["wait"] = () => Wait(),
        ["escalate"] = () => Escalate(),
        ["same-queue"] = () => Send("support"),
        ["other-queue"] = () => Send("second"),
        ["close"] = () => Close(),
        ["abandon"] = () => Close(kind: CloseKind.Abandoned),
        ["note"] = () => Note(),
        ["priority"] = () => Priority(9),
        ["automatic"] = () => Automatic(),
        ["wake-up"] = () => Due(DeadlineKind.WakeUp, 3600),
        ["follow-up"] = () => Due(DeadlineKind.FollowUp, 3600),
    };

    public static TheoryData<string, CaseStatus, string> Cells()
    {
        var cells = new TheoryData<string, CaseStatus, string>();
        var rows = Table.Split('\n').Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
        foreach (var row in rows[1..])
            for (var column = 1; column < row.Length; column++)
                cells.Add(row[0], Enum.Parse<CaseStatus>(rows[0][column]), row[column]);
        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_status(string command, CaseStatus status, string expected)
    {
        var before = In(status);
        var decision = CaseDecisions.Decide(before, Commands[command]());
        var after = CaseFold.Evolve(before, decision.Events);
        Assert.Equal(expected, decision switch
        {
            { Refusal: { Code: RefusalCode.IllegalTransition } refusal } => NamesBoth(refusal, status),
            { Refusal: { } refusal } => refusal.Code.ToString(),
            { Events.IsEmpty: true } => ".",
            _ when after.Status == status => "=",
            _ => after.Status.ToString(),
        });
        if (!decision.Events.IsEmpty && after.Status != status)
            Assert.True(CaseTransitions.Allows(status, after.Status) || status == CaseStatus.Offered, $"{status} to {after.Status} is not in the table");
    }

    [Fact]
    public void Every_command_and_status_is_in_the_table()
    {
        Assert.Equal(Commands.Count * Enum.GetValues<CaseStatus>().Length, Cells().Count);
        var tested = Commands.Values.Select(make => make().GetType()).ToHashSet();
        Assert.DoesNotContain(typeof(CaseCommand).GetNestedTypes(), command => !tested.Contains(command));
    }

    /// <summary>The detail says what the case is, and what it would have to be or become; a priority has no such state.</summary>
    private static string NamesBoth(Refusal refusal, CaseStatus from)
    {
        Assert.Contains($"that is {from} ", refusal.Detail);
        Assert.Matches("cannot become [A-Z][a-z]+\\.$|must be [A-Z][a-z]+\\.$|^The priority", refusal.Detail);
        return "!";
    }
}
