using System.CommandLine;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Grains.Cases;
using RoutingGrid.Journal;
using RoutingGrid.Silo.Doctor;

namespace RoutingGrid.Silo.Privacy;

/// <summary><c>erase</c>: destroys one customer's personal data.</summary>
internal static class EraseVerb
{
    private const string By = "cli:erase";

    private const string Teaching = """
        Destroys the personal data of one customer, in all of their cases, for ever: their key is destroyed, and with it everything that it
        seals in the events; names and texts in tables are rewritten. What statistics need stays, under a name that says nothing. It is what
        POST /v1/workspaces/W/customers/ID/erase does; here without a server, which must not run. Backups made before still have the data.

        Exit code 0: done. 1: there is no such customer, one of their cases is open, or the journal cannot be opened: nothing was changed.

        Examples:
          erase --workspace acme --customer chat:joe --data /var/lib/routinggrid
          erase --workspace acme --customer chat:joe --store postgres
        """;

    public static Command Create()
    {
        var customer = new CustomerOptions();
        var verb = new Command("erase", Teaching);
        customer.AddTo(verb);
        verb.SetAction((parsed, cancel) => Run(customer.Of(parsed), Console.Out, Console.Error, cancel));
        return verb;
    }

    private static async Task<int> Run(CustomerChoice choice, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        try
        {
            await using var journal = await StoredJournal.Open(choice.Store, live: false, cancel);
            var erasure = new CustomerErasure(journal.Journal, TimeProvider.System);
            var result = await erasure.Erase(choice.Workspace, choice.CustomerId, new CommandContext(By, null));
            if (result.Refusal is { } refusal)
            {
                errors.WriteLine(refusal.Code == Routing.RefusalCode.CustomerUnknown ? choice.Unknown : refusal.Detail);
                return 1;
            }
            output.WriteLine($"Erased: the customer is {result.Pseudonym} now, in {result.Cases.Length:N0} cases.");
            return 0;
        }
        catch (Exception refused) when (refused is JournalUnusableException or UnknownOutcomeException or IOException)
        {
            errors.WriteLine(refused.Message);
            return 1;
        }
    }
}
