using RoutingGrid.Engine.Simulation;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing;

namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>Writes, sometimes twice or several things at once, comes back to old conversations, and notes what was acknowledged.</summary>
internal sealed class RandomCustomer(SeededCenter center, string name, SeededRandom random)
{
    private readonly Caller _caller = new(center, random);
    private readonly List<IncomingMessage> _sent = [];
    private readonly List<IncomingMessage> _unanswered = [];
    private int _number;

    public async Task Live()
    {
        // What was not acknowledged when the process died is sent again.
        foreach (var message in _unanswered.ToArray()) await Send(message);
        await center.World.Pass(TimeSpan.FromSeconds(random.Below(center.Seconds)));
        while (center.IsOpen)
        {
            await Task.WhenAll(Enumerable.Range(0, random.Below(4) == 0 ? 1 + random.Below(4) : 1).Select(_ => Write()));
            await center.World.Pass(TimeSpan.FromSeconds(random.Below(3) == 0 ? 1 + random.Below(30) : 60 + random.Below(900)));
        }
    }

    private Task Write()
    {
        if (_sent.Count > 0 && random.Below(8) == 0) return Send(_sent[random.Below(_sent.Count)]);
        var (account, channel) = RandomCenter.Accounts[random.Below(RandomCenter.Accounts.Length)];
        var message = new IncomingMessage
        {
            MessageId = $"{name}-{++_number}",
            Channel = channel,
            Account = account,
            Author = name,
            Thread = random.Below(3) == 0 ? $"post-{random.Below(2)}" : null,
            Text = Ledger.TextOf($"{name}-{_number}"),
            Language = random.Below(2) == 0 ? null : RandomCenter.Languages[random.Below(2)],
            Purpose = $"purpose-{random.Below(6)}",
        };
        _sent.Add(message);
        return Send(message);
    }

    private async Task Send(IncomingMessage message)
    {
        if (!_unanswered.Contains(message)) _unanswered.Add(message);
        var result = await _caller.Ask(() => center.World.Customer(message.Channel, name).Receive(message), static result => result.Refusal);
        if (result.Refusal is { } refusal) throw new BrokenPromiseException($"Message {message.MessageId} of {name} was refused: {refusal.Detail}");
        center.Ledger.Acknowledged(message, result);
        _unanswered.Remove(message);
    }
}
