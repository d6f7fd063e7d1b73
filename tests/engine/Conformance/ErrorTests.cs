using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Exceptions of grains as their callers see them: type, message and what they carry.</summary>
public sealed class ErrorTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Theory]
    [InlineData("at once")]
    [InlineData("later")]
    public async Task An_exception_of_ones_own_type_keeps_what_it_carries(string when)
    {
        ParcelLostException error = await Assert.ThrowsAsync<ParcelLostException>(() => Grains.GetGrain<IParcelGrain>(Key()).Lose(when));
        Assert.Equal(("lost", 5), (error.Message, error.Number));
        Assert.Contains(nameof(ParcelGrain.Lose), error.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_generic_one_too()
    {
        LostException<int> error = await Assert.ThrowsAsync<LostException<int>>(() => Grains.GetGrain<IParcelGrain>(Key()).Lose("generic"));
        Assert.Equal(("generic", 7), (error.Message, error.What));
    }

    [Fact]
    public async Task Inner_exceptions_come_with_it()
    {
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => Grains.GetGrain<IParcelGrain>(Key()).Lose("nested"));
        Assert.Equal(3, Assert.IsType<ParcelLostException>(error.InnerException).Number);
    }

    [Fact]
    public async Task Several_arrive_as_several()
    {
        AggregateException error = await Assert.ThrowsAsync<AggregateException>(() => Grains.GetGrain<IParcelGrain>(Key()).Lose("many"));
        Assert.Equal(["one", "two"], error.InnerExceptions.Select(inner => inner.Message));
    }

    [Fact]
    public async Task A_callee_that_gives_up_cancels_the_call()
    {
        Task call = Grains.GetGrain<IParcelGrain>(Key()).Lose("cancelled");
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal("changed my mind", error.Message);
        Assert.True(call.IsCanceled);
    }

    [Fact]
    public async Task An_error_does_not_end_the_activation()
    {
        var grain = Grains.GetGrain<IBasicGrain>(Key());
        int number = await grain.ActivationNumber();
        await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Fail("now"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => grain.FailLater("later"));
        Assert.Equal(number, await grain.ActivationNumber());
    }

    [Fact]
    public async Task A_method_that_throws_at_once_does_not_throw_at_the_caller_who_does_not_wait()
    {
        Task<string> call = Grains.GetGrain<IBasicGrain>(Key()).Fail("in the task");
        Assert.Equal("in the task", (await Assert.ThrowsAsync<InvalidOperationException>(() => call)).Message);
        Assert.True(call.IsFaulted);
    }
}
