using System.Collections.Immutable;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Routing.Customers;

/// <summary>A case of a customer, as it is.</summary>
public sealed record CustomerCase(string CaseId, CaseState State);

/// <summary>What an erasure comes to: a refusal, or an event for the customer and one for each of their cases.</summary>
public sealed record ErasingDecision(Refusal? Refusal, CustomerErased? OfCustomer, CaseCustomerErased? OfCases);

/// <summary>Whether a customer's personal data may be destroyed.</summary>
public static class Erasing
{
    private const int NamedCases = 20;

    /// <summary>What an erased customer is called: the position of their first event is nobody else's, and says nothing of them.</summary>
    public static string PseudonymOf(long firstPosition) => $"erased:{firstPosition}";

    /// <summary>Refuses while a case is open: its agent would talk to nobody, and what is said next would be personal again.</summary>
    public static ErasingDecision Decide(
        CustomerState customer, ImmutableArray<CustomerCase> cases, string pseudonym, DateTimeOffset at, string? by)
    {
        if (customer.Version == 0 || customer.ErasedAt is not null) return Refuse(RefusalCode.CustomerUnknown, "There is no such customer.");
        var open = cases.Where(one => one.State.IsOpen).Select(one => one.CaseId).ToList();
        if (open.Count == 0)
            return new ErasingDecision(null, new CustomerErased { At = at, By = by, Pseudonym = pseudonym }, new CaseCustomerErased { At = at, By = by, Pseudonym = pseudonym });
        var named = string.Join(", ", open.Take(NamedCases)) + (open.Count > NamedCases ? $" and {open.Count - NamedCases} more" : "");
        return Refuse(RefusalCode.CasesOpen, $"The customer has open cases: {named}. Close them first.");
    }

    private static ErasingDecision Refuse(RefusalCode code, string detail) => new(new Refusal(code, detail), null, null);
}
