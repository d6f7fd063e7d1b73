using System.Net.ServerSentEvents;
using System.Text.Json;

namespace RoutingGrid.Simulation.People;

/// <summary>What an agent has in front of them while they are connected: offers to decide on, cases to work at. Fed by the live notices.</summary>
internal sealed class Desk
{
    private readonly AgentApi _api;
    private readonly Persona _persona;
    private readonly PeopleTally _tally;
    private readonly Pace _pace;
    private readonly Works _cases;
    private readonly Works _offers;

    /// <summary>What the agent does of their own accord; the server may put them elsewhere, and they come back.</summary>
    private volatile string _chosen = DemoWorkspace.Available;

    public Desk(AgentApi api, Persona persona, PeopleTally tally, Pace pace)
    {
        _api = api;
        _persona = persona;
        _tally = tally;
        _pace = pace;
        _cases = new Works(Failed);
        _offers = new Works(Failed);
    }

    public async Task Choose(string activity, CancellationToken cancellation)
    {
        _chosen = activity;
        await _api.SetActivity(activity, cancellation);
    }

    public async Task SignIn(CancellationToken cancellation)
    {
        _chosen = DemoWorkspace.Available;
        await _api.SignIn(DemoWorkspace.Available, cancellation);
    }

    /// <summary>The connection is gone, and with it everything that needs it.</summary>
    public async Task PutDown()
    {
        await _offers.StopAll();
        await _cases.StopAll();
    }

    public void Notified(SseItem<string> notice)
    {
        var news = JsonSerializer.Deserialize<Notice>(notice.Data, ApiClient.Json)!;
        if (news.Agent is { } agent) SeeActivity(agent.Activity);
        if (notice.EventType == "agent.snapshot")
        {
            ShowOnly(news.Agent?.Holdings ?? []);
            return;
        }
        if (news.Holding is not { } held) return;
        switch (notice.EventType)
        {
            case "offer.ended":
                _offers.Stop(OfferKey(held));
                if (held.EndedOffer?.End == "timedOut") _tally.RangOut.Add();
                break;
            case "case.released":
                _cases.Stop(held.CaseId);
                break;
            default:
                Show(held);
                break;
        }
    }

    private void ShowOnly(IReadOnlyList<HeldCase> holdings)
    {
        _cases.StopExcept(holdings.Where(InHands).Select(held => held.CaseId).ToHashSet());
        foreach (var held in holdings) Show(held);
    }

    private void Show(HeldCase held)
    {
        if (InHands(held)) WorkAt(held.CaseId);
        else if (!held.Held && held.OfferId is not null) _offers.Start(OfferKey(held), stop => Decide(held, stop));
    }

    private void WorkAt(string caseId) =>
        _cases.Start(caseId, stop => new CaseWork(_api, _persona, _tally, _pace.Another()).Run(caseId, stop));

    /// <summary>Sees the offer after a moment, or not at all, and takes it, or does not.</summary>
    private async Task Decide(HeldCase offer, CancellationToken stop)
    {
        if (_pace.Chance(_persona.RingsOut))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _pace.Time, stop); // until it has ended
            return;
        }
        var live = offer.Channel is "chat" or "whatsapp";
        await _pace.Take(live ? 3 : 8, _persona, stop);
        if (_pace.Chance(_persona.Declines))
        {
            if (await _api.Decline(offer, stop)) _tally.Declined.Add();
            return;
        }
        if (!await _api.Accept(offer, stop)) return;
        _tally.Accepted.Add();
        WorkAt(offer.CaseId);
    }

    /// <summary>Who let an offer ring out is made unavailable, notices it after a while, and comes back.</summary>
    private void SeeActivity(string activity)
    {
        if (activity != DemoWorkspace.Unavailable || _chosen != DemoWorkspace.Available) return;
        _offers.Start("come back", async stop =>
        {
            await _pace.Take(45, _persona, stop);
            if (_chosen == DemoWorkspace.Available) await _api.SetActivity(DemoWorkspace.Available, stop);
        });
    }

    private void Failed(Exception exception) => _tally.Fail($"{_api.AgentId}: {exception.GetType().Name}: {exception.Message}");

    private static bool InHands(HeldCase held) => held is { Held: true, Status: "assigned" };

    private static string OfferKey(HeldCase held) => held.OfferId ?? held.EndedOffer?.OfferId ?? held.CaseId;
}
