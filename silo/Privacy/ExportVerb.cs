using System.CommandLine;
using System.IO.Pipelines;
using RoutingGrid.Api.Customers;
using RoutingGrid.Journal;
using RoutingGrid.Silo.Doctor;

namespace RoutingGrid.Silo.Privacy;

/// <summary><c>export</c>: one customer's whole data.</summary>
internal static class ExportVerb
{
    private const string Teaching = """
        Writes everything that is kept of one customer as one JSON document: who they are, and every case with its state and its whole
        timeline. It is what GET /v1/workspaces/W/customers/ID/export answers. Changes nothing.

        Exit code 0: done. 1: there is no such customer, or the journal cannot be opened. 130: stopped.

        Examples:
          export --workspace acme --customer chat:joe > joe.json       the journal in ./data; its server must not run
          export --workspace acme --customer chat:joe --live --out joe.json
                                                                        beside a running server, from a copy of this moment in the temporary folder
          export --workspace acme --customer chat:joe --store postgres --live
                                                                        the connection is in the environment variable ROUTINGGRID_POSTGRES
        """;

    public static Command Create()
    {
        var customer = new CustomerOptions();
        var live = new Option<bool>("--live") { Description = "Read while a server uses the journal: of SQLite a copy made now, of PostgreSQL what was committed until now." };
        var file = new Option<string?>("--out") { Description = "The file to write. Default: standard output.", HelpName = "FILE" };
        var verb = new Command("export", Teaching) { live, file };
        customer.AddTo(verb);
        verb.SetAction((parsed, cancel) => Run(customer.Of(parsed), parsed.GetValue(live), parsed.GetValue(file), Console.Error, cancel));
        return verb;
    }

    private static async Task<int> Run(CustomerChoice choice, bool live, string? file, TextWriter errors, CancellationToken cancel)
    {
        try
        {
            await using var journal = await StoredJournal.Open(choice.Store, live, cancel);
            if (await CustomerExport.Find(journal.Journal, choice.Workspace, choice.CustomerId, cancel) is not { } export)
            {
                errors.WriteLine(choice.Unknown);
                return 1;
            }
            if (file is null) await Write(export, Console.OpenStandardOutput(), cancel);
            else await WriteFile(export, file, cancel);
            return 0;
        }
        catch (Exception refused) when (refused is JournalUnusableException or IOException or UnauthorizedAccessException)
        {
            var hint = live || !refused.Message.Contains(" is in use", StringComparison.Ordinal) ? "" : " Or add --live, to read it while the server goes on.";
            errors.WriteLine(refused.Message + hint);
            return 1;
        }
        catch (OperationCanceledException)
        {
            errors.WriteLine("Stopped. Nothing was changed.");
            return 130;
        }
    }

    // Under its name only when it is complete.
    private static async Task WriteFile(CustomerExport export, string file, CancellationToken cancel)
    {
        var part = file + ".part";
        await using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write)) await Write(export, stream, cancel);
        File.Move(part, file, overwrite: true);
    }

    private static async Task Write(CustomerExport export, Stream stream, CancellationToken cancel)
    {
        var output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        await export.WriteTo(output, TimeProvider.System.GetUtcNow(), cancel);
        await output.CompleteAsync();
    }
}
