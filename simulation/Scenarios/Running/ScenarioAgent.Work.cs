using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Simulation.Scenarios.Running;

/// <summary>What an agent does with what is given to them.</summary>
internal sealed partial class ScenarioAgent
{
    private const int MostTries = 1_000;

    // Few at a time. The number tells apart two times of holding the same contact.
    private readonly Dictionary<Contact, (int Units, int Time, TimeSpan Since)> _held = [];
    private int _times;
    private int _wrapping;
    private TaskCompletionSource? _done;

    private bool IsBusy => _held.Count > 0 || _wrapping > 0;

    /// <summary>Ends when nothing is left to do. Who may still be given something waits for that too.</summary>
    public async Task FinishWork()
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (IsBusy) await (_done ??= new TaskCompletionSource()).Task;
            // What was given in the last moment may be known to the agent's grain before this desktop hears of it.
            if ((await _grain.Get()).Holdings.IsEmpty && !IsBusy) return;
            await _run.Settle();
        }
        throw new InvalidOperationException($"{Id} has work that their desktop does not hear of.");
    }

    private void Heard(string type, Holding holding, Contact contact)
    {
        switch (type)
        {
            case "offer.made":
                _run.Offered(contact);
                _run.Watch(Answer(contact, holding.OfferId!));
                break;
            case "offer.ended":
                _run.OfferEnded(contact);
                if (holding.EndedOffer is { End: OfferEnd.TimedOut }) _run.Watch(StayAway(holding.Queue));
                break;
            case "case.assigned" when !_held.ContainsKey(contact):
                _held[contact] = (holding.Units, ++_times, _run.Now);
                _clock.Took(_run.Now, holding.Units);
                _run.Assigned(contact);
                _run.Watch(Serve(contact, _times));
                break;
            case "case.released":
                LetGo(contact);
                break;
        }
    }

    private async Task Answer(Contact contact, string offerId)
    {
        var attempt = contact.Attempts++;
        if (Group.RingOutProbability > 0 && Stream(DrawFor.RingOut).Uniform() < Group.RingOutProbability) return;
        if (Group.Accept is { } accept) await _run.World.Pass(Arrivals.Draw(accept, Stream(DrawFor.Accept)));
        if (_session is not { } session) return;
        // Too late, or the customer has gone: the answer is refused, as a desktop's would be.
        if (Group.DeclineProbability > 0 && Stream(DrawFor.Decline).Uniform() < Group.DeclineProbability)
            await _grain.Decline(session, contact.CaseId, offerId, CommandContext.System);
        else await _grain.Accept(session, contact.CaseId, offerId, CommandContext.System);

        DrawStream Stream(DrawFor purpose) => new(_run.Seed, DrawStream.Key(contact.Type.Name), contact.Index, purpose, attempt);
    }

    private async Task StayAway(string queue)
    {
        _rangOut = true;
        Entered(_run.RonaActivity(queue));
        var shift = ShiftNumber;
        await _run.World.Pass(Draw(Group.RingOutPause, DrawFor.RingOutPause));
        if (shift != ShiftNumber) return;
        _rangOut = false;
        await ChangeActivity();
    }

    private async Task Serve(Contact contact, int time)
    {
        await _run.World.Pass(contact.Left);
        if (Group.WrapUp is not { } wrapUp)
        {
            await Close(contact, time);
            return;
        }
        var length = Arrivals.Draw(wrapUp, new DrawStream(_run.Seed, DrawStream.Key(contact.Type.Name), contact.Index, DrawFor.WrapUp));
        if (Group.WrapUpMode == WrapUpMode.Capacity)
        {
            await _run.World.Pass(length);
            await Close(contact, time);
            return;
        }
        _wrapping++;
        await ChangeActivity();
        await Close(contact, time);
        await _run.World.Pass(length);
        _wrapping--;
        await ChangeActivity();
        TellIfDone();
    }

    private async Task Close(Contact contact, int time)
    {
        // The workspace may have taken it away, when a session ended.
        if (!_held.TryGetValue(contact, out var held) || held.Time != time) return;
        var closed = await _run.World.Case(contact.CaseId).Close(Id, CloseKind.Handled, null, null, CommandContext.System);
        if (closed.Refusal is { } refusal)
        {
            if (!_held.ContainsKey(contact)) return;
            throw new InvalidOperationException($"{contact.Author} could not be closed: {refusal.Detail}");
        }
        LetGo(contact);
        _run.Finished(contact);
    }

    private void LetGo(Contact contact)
    {
        if (!_held.Remove(contact, out var held)) return;
        contact.Left -= _run.Now - held.Since;
        _clock.Gave(_run.Now, held.Units);
        TellIfDone();
    }

    private void TellIfDone()
    {
        if (IsBusy || _done is not { } done) return;
        _done = null;
        done.SetResult();
    }
}
