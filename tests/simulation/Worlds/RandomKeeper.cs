using RoutingGrid.Engine.Simulation;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal.Archive;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Simulation.Tests.Seeds;

namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>Keeps the records: erases customers who have no open case, moves closed cases to files, and comes back to old cases wherever they are.</summary>
internal sealed class RandomKeeper(SeededCenter center, SeededRandom random)
{
    private readonly Caller _caller = new(center, random);
    private int _number;

    /// <summary>What was called when the process died. It is called again when there is a new one.</summary>
    private Func<Task>? _unanswered;

    public async Task Live()
    {
        if (_unanswered is { } again) await again();
        _unanswered = null;
        while (!center.IsDone)
        {
            await center.World.Pass(TimeSpan.FromSeconds(5 + random.Below(60)));
            await Keep();
        }
        // Whoever is left, in part.
        for (var customer = 0; customer < SeededCenter.Customers / 2; customer++) await Keep();
    }

    private Task Keep() => random.Below(3) switch
    {
        0 when center.Spec.Upkeep.HasFlag(Upkeep.Erase) => Erase(),
        1 when center.Spec.Upkeep.HasFlag(Upkeep.Archive) && center.Archive is { } archive => Archive(archive),
        _ => Note(),
    };

    private async Task Erase()
    {
        var channel = RandomCenter.Accounts[random.Below(RandomCenter.Accounts.Length)].Channel;
        var author = $"customer-{random.Below(SeededCenter.Customers)}";
        var command = Command();
        await Repeated(async () =>
        {
            var result = await _caller.Ask(() => center.World.Customer(channel, author).Erase(command), static result => result.Refusal);
            // Who has an open case is not erased, nor who never was.
            if (result.Refusal is null) center.Ledger.Erased(result.Cases);
        });
    }

    /// <summary>Some files; where the process dies meanwhile, it stops at the next step as if it had been killed there.</summary>
    private async Task Archive(IJournalArchive archive)
    {
        var now = center.World.Now;
        var order = new ArchiveOrder(center.ArchiveFolder, now.AddSeconds(-random.Below(900)), now)
        {
            BatchCases = 1 + random.Below(6),
            Before = async _ =>
            {
                await center.UnlessDead();
                if (random.Below(4) == 0) await center.World.Pass(TimeSpan.FromMilliseconds(random.Below(3000)));
                await center.UnlessDead();
            },
        };
        var files = 1 + random.Below(4);
        await foreach (var batch in archive.Archive(order))
        {
            await center.UnlessDead();
            center.Ledger.Archived(batch.Cases.Length);
            if (--files == 0) break;
        }
    }

    private async Task Note()
    {
        if (center.Ledger.AnyCase(random) is not { } caseId) return;
        var command = Command();
        await Repeated(async () =>
        {
            var result = await _caller.Ask(() => center.World.Case(caseId).AddNote(Ledger.NoteOn(caseId), command));
            if (result.Refusal is null) center.Ledger.Acknowledged<NoteAdded>(command.CommandId!, caseId);
        });
    }

    private async Task Repeated(Func<Task> ask)
    {
        _unanswered = ask;
        await ask();
        _unanswered = null;
    }

    private CommandContext Command() => new("keeper", $"keeper-command-{++_number}");
}
