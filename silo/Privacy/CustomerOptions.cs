using System.CommandLine;
using RoutingGrid.Silo.Doctor;

namespace RoutingGrid.Silo.Privacy;

/// <summary>Which customer, and where the journal is.</summary>
internal sealed class CustomerOptions
{
    private readonly Option<string> _workspace = new("--workspace") { Description = "The workspace.", HelpName = "NAME", Required = true };
    private readonly Option<string> _customer = new("--customer") { Description = "The customer's id: channel:author.", HelpName = "ID", Required = true };
    private readonly StoreOptions _store = new();

    public void AddTo(Command verb)
    {
        verb.Options.Add(_workspace);
        verb.Options.Add(_customer);
        _store.AddTo(verb);
    }

    public CustomerChoice Of(ParseResult parsed) => new(_store.Of(parsed), parsed.GetValue(_workspace)!, parsed.GetValue(_customer)!);
}

internal sealed record CustomerChoice(Hosting.HostSettings Store, string Workspace, string CustomerId)
{
    public string Unknown => $"There is no customer '{CustomerId}' in workspace '{Workspace}'. An id is channel:author, as GET /v1/workspaces/{Workspace}/cases shows it.";
}
