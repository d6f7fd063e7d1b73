using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RoutingGrid.Api.Authentication;
using RoutingGrid.Api.Cases;
using RoutingGrid.Api.OpenApi;
using RoutingGrid.Api.Problems;
using RoutingGrid.GrainInterfaces;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal;
using RoutingGrid.Routing;

namespace RoutingGrid.Api.Customers;

/// <summary>A customer on the wire.</summary>
/// <param name="Id"><c>channel:author</c>.</param>
/// <param name="Cases">How many cases there were.</param>
/// <param name="Threads">Thread → its newest case, open or closed.</param>
internal sealed record CustomerView(
    string Id, long Version, string Channel, string Author, string? Name, int Cases, ImmutableSortedDictionary<string, string> Threads);

/// <summary>Who wrote, and what about before.</summary>
internal static class CustomerEndpoints
{
    public static void MapCustomers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workspaces/{workspace}/customers/{customerId}", Get).For(Roles.Everyone).Refuses(404)
            .Titled("Customers", "Read a customer", "An agent may while they have a case of this customer in their hands.");
        routes.MapGet("/workspaces/{workspace}/customers/{customerId}/cases", Cases).For(Roles.Everyone).Refuses(404, 422)
            .Titled("Customers", "List a customer's cases, newest first", "An agent may while they have a case of this customer in their hands.");
    }

    private static async Task<Results<Ok<CustomerView>, Problem>> Get(
        string workspace, string customerId, Caller caller, CaseAccess access, IJournal journal, IGrainFactory grains, CancellationToken cancel)
    {
        // Asking the grain of a customer who never was would activate it for nothing.
        if (!await Exists(caller, workspace, customerId, access, journal, cancel)) return NoSuchCustomer(customerId);
        var state = await grains.GetGrain<ICustomerGrain>(GrainKeys.Of(workspace, customerId)).Get();
        if (state.Version == 0) return NoSuchCustomer(customerId);
        var threads = state.Threads.ToImmutableSortedDictionary(StringComparer.Ordinal);
        return TypedResults.Ok(new CustomerView(customerId, state.Version, state.Channel, state.Author, state.Name, state.Cases, threads));
    }

    private static async Task<Results<Ok<PageView<CaseView>>, Problem>> Cases(
        string workspace, string customerId, Caller caller, CaseAccess access, IJournal journal, CancellationToken cancel,
        string? cursor = null, int limit = 50)
    {
        if (!await Exists(caller, workspace, customerId, access, journal, cancel)) return NoSuchCustomer(customerId);
        return await CaseReads.Page(journal, workspace, new CaseFilter(Customer: customerId), cursor, limit, cancel);
    }

    private static async ValueTask<bool> Exists(
        Caller caller, string workspace, string customerId, CaseAccess access, IJournal journal, CancellationToken cancel)
    {
        if (!await access.MaySee(caller, workspace, customerId, cancel)) return false;
        return !(await journal.Read.Cases(workspace, new CaseFilter(Customer: customerId), null, 1, cancel)).Items.IsEmpty;
    }

    public static Problem NoSuchCustomer(string customerId) => Problem.Of(RefusalCode.CustomerUnknown, $"There is no customer '{customerId}'.");
}
