using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Routing.Tests.Customers;

/// <summary>A customer knows the newest case of each of their threads, and how many there were.</summary>
public sealed class CustomerStateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_newest_case_of_a_thread_replaces_the_one_before()
    {
        var state = CustomerState.None
            .Evolve(new CustomerAppeared { At = Noon, Channel = "chat", Author = "eva", Name = "Eva" })
            .Evolve(Opened("brand/direct", "c1"))
            .Evolve(Opened("brand/post-7", "c2"))
            .Evolve(Opened("brand/direct", "c3"));
        Assert.Equal((4, 3, "eva"), (state.Version, state.Cases, state.Author));
        Assert.Equal(("c3", "c2"), (state.Threads["brand/direct"], state.Threads["brand/post-7"]));
    }

    [Fact]
    public void An_event_of_something_else_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => CustomerState.None.Evolve(new NoteAdded { At = Noon, Text = "note" }));

    [Fact]
    public void The_ids_of_a_customer_s_cases_are_the_same_wherever_they_are_made_and_nobody_else_s()
    {
        Assert.Equal(CaseIds.For("world", "chat:eva", 1), CaseIds.For("world", "chat:eva", 1));
        var ids = from workspace in new[] { "a", "b" } from customer in new[] { "chat:eva", "chat:leo", "email:eva" } from number in Enumerable.Range(1, 50)
                  select CaseIds.For(workspace, customer, number);
        Assert.Equal(300, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^c[0-9a-hjkmnp-tv-z]{16}$", id));
    }

    private static CustomerCaseOpened Opened(string thread, string caseId) => new() { At = Noon, Thread = thread, CaseId = caseId };
}
