using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing.Configuration;

namespace RoutingGrid.Grains.Tests;

/// <summary>Customers are many, and few of them write again at once: who has no case is not kept in memory.</summary>
public sealed class CustomerAtRestTests
{
    private const int RememberedMinutes = 15;

    private static readonly WorkspaceConfiguration Configuration = TestCenter.Simple(["ana"], queue => queue with { ReopenSeconds = 60 });

    [Fact]
    public void A_customer_rests_when_their_case_is_closed()
    {
        var calls = new CustomerCalls();
        Run(calls, async center =>
        {
            await center.SignIn("ana");
            var first = await center.Write("customer-1");
            await center.Write("customer-1");
            Assert.Single(calls.Activations);
            await center.Accept("ana");
            await center.Close("ana", first);
            Assert.Equal(first, await center.Write("customer-1"));
            Assert.Equal(2, calls.Activations.Count);
            await center.Accept("ana");
            await center.Close("ana", first);
            await center.Pass(61);
            Assert.NotEqual(first, await center.Write("customer-1"));
            Assert.Equal(3, calls.Activations.Count);
        });
    }

    [Fact]
    public void The_customer_s_other_case_hears_their_next_message_all_the_same()
    {
        var calls = new CustomerCalls();
        Run(calls, async center =>
        {
            await center.SignIn("ana");
            var first = await center.Write("customer-1");
            await center.Accept("ana");
            var second = await center.Write("customer-1", change: message => message with { Thread = "post-7" });
            await center.Close("ana", first);
            Assert.Equal(second, await center.Write("customer-1", change: message => message with { Thread = "post-7" }));
            Assert.Equal(2, (await center.Case(second)).Messages);
        });
    }

    [Theory]
    [InlineData(RememberedMinutes - 1, 1)]
    [InlineData(RememberedMinutes + 1, 0)]
    public void Who_is_not_remembered_any_more_is_not_woken_by_a_close(int silentMinutes, int told)
    {
        var calls = new CustomerCalls();
        Run(calls, async center =>
        {
            await center.SignIn("ana");
            var caseId = await center.Write("customer-1");
            await center.Accept("ana");
            await center.Pass(silentMinutes * 60);
            await center.Close("ana", caseId);
            Assert.Equal(told, calls.Closes);
        });
    }

    private static void Run(CustomerCalls calls, Func<TestCenter, Task> scenario) =>
        TestCenter.Run(Configuration, scenario, configure: services => services.AddSingleton<IIncomingGrainCallFilter>(calls));

    private sealed class CustomerCalls : IIncomingGrainCallFilter
    {
        public HashSet<object> Activations { get; } = new(ReferenceEqualityComparer.Instance);
        public int Closes { get; private set; }

        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.InterfaceMethod.DeclaringType != typeof(ICustomerGrain)) return context.Invoke();
            Activations.Add(context.Grain);
            if (context.MethodName == nameof(ICustomerGrain.CaseClosed)) Closes++;
            return context.Invoke();
        }
    }
}
