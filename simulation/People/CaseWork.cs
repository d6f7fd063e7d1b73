namespace RoutingGrid.Simulation.People;

/// <summary>What an agent does with a case in their hands: reads it, answers it, and brings it to some end.</summary>
internal sealed class CaseWork(AgentApi api, Persona persona, PeopleTally tally, Pace pace)
{
    private const int MostAnswers = 3;

    public async Task Run(string caseId, CancellationToken stop)
    {
        var work = await api.Case(caseId, stop);
        if (!IsMine(work)) return;
        await pace.Take(Reading(work!.Channel), persona, stop);
        var fresh = work.Answers == 0;
        if (fresh && pace.Chance(0.04) && await Transfer(caseId, work, stop)) return;

        for (var round = 0; round < MostAnswers; round++)
        {
            var asksBack = fresh && round == 0 && pace.Chance(0.16);
            await pace.Take(Writing(work.Channel), persona, stop);
            if (!await Reply(caseId, work, asksBack, stop)) return;
            if (asksBack)
            {
                await Wait(caseId, stop);
                return;
            }
            if (fresh && work.Purpose == "complaint" && work.EscalatedTo is null && pace.Chance(0.07) && await Escalate(caseId, work, stop)) return;

            // Whoever reads the case again before closing it sees what the customer added meanwhile.
            var seen = work.Messages;
            await pace.Take(WrappingUp(work.Channel), persona, stop);
            work = await api.Case(caseId, stop);
            if (!IsMine(work)) return;
            if (work!.Messages == seen) break;
        }
        await Close(caseId, work, stop);
    }

    private async Task<bool> Reply(string caseId, CaseOnWire work, bool asksBack, CancellationToken stop)
    {
        var text = asksBack ? Answers.Question(work.Language, pace) : Answers.To(work.Language, work.Purpose, pace);
        if (!await api.OnCase(caseId, "reply", new { text }, stop)) return false;
        tally.Replies.Add();
        return true;
    }

    private Task<bool> Wait(string caseId, CancellationToken stop) =>
        api.OnCase(caseId, "wait", new { @for = "customer", until = pace.Time.GetUtcNow() + pace.Between(300, 900) }, stop);

    private async Task<bool> Transfer(string caseId, CaseOnWire work, CancellationToken stop)
    {
        var elsewhere = work.Queue switch { "soporte" => "atención", "ventas" => "atención", "quejas" => "soporte", _ => "soporte" };
        await api.OnCase(caseId, "notes", new { text = Answers.Handover(work.Language) }, stop);
        if (!await api.OnCase(caseId, "transfer", new { queue = elsewhere }, stop)) return false;
        tally.Transferred.Add();
        return true;
    }

    private async Task<bool> Escalate(string caseId, CaseOnWire work, CancellationToken stop)
    {
        var to = work.Queue == "soporte" ? "operaciones" : "atención al pasajero";
        var followUpAt = pace.Time.GetUtcNow() + pace.Between(600, 1_200);
        if (!await api.OnCase(caseId, "escalate", new { to, followUpAt, note = Answers.Handover(work.Language) }, stop)) return false;
        tally.Escalated.Add();
        return true;
    }

    private async Task Close(string caseId, CaseOnWire work, CancellationToken stop)
    {
        var (rating, reasons) = work.Purpose switch
        {
            "praise" => ("positive", DemoWorkspace.ReasonsForPraise),
            "sale" => ("neutral", DemoWorkspace.ReasonsForSales),
            "complaint" => (pace.Chance(0.45) ? "negative" : "neutral", DemoWorkspace.ReasonsForComplaints),
            _ => (pace.Chance(0.5) ? "positive" : "neutral", DemoWorkspace.ReasonsForQuestions),
        };
        if (await api.OnCase(caseId, "close", new { rating, reason = pace.Pick(reasons) }, stop)) tally.Closed.Add();
    }

    private bool IsMine(CaseOnWire? work) => work is { Status: "assigned" } && work.Holder == api.AgentId;

    // Medians in seconds, by how much there is to read and how much care the channel asks for.
    private static double Reading(string channel) => channel switch { "email" => 40, "chat" or "whatsapp" => 12, _ => 15 };

    private static double Writing(string channel) => channel switch { "email" => 110, "chat" or "whatsapp" => 55, "dm" => 60, _ => 40 };

    private static double WrappingUp(string channel) => channel switch { "chat" or "whatsapp" => 80, "email" => 25, _ => 20 };
}
