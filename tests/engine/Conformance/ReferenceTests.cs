using Microsoft.Extensions.DependencyInjection;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>The subset, first item: keys and references, as arguments, results and state.</summary>
public sealed class ReferenceTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task References_cross_in_messages_and_stay_in_state()
    {
        var friend = Grains.GetGrain<IBasicGrain>(Key() + " friend");
        var book = Grains.GetGrain<IAddressBookGrain>(Key());
        await book.Befriend(friend);
        Assert.Equal(friend, await book.Friend());
        Assert.Equal(5, await book.AddAtFriend(5));
        await book.Leave();
        Assert.Equal(8, await book.AddAtFriend(3));
        AddressBook everyone = await book.Everyone();
        Assert.Equal(9, await everyone.ByName[Key() + " friend"].Add(1));
    }

    [Fact]
    public async Task A_grain_passes_a_reference_to_itself()
    {
        var a = Grains.GetGrain<IAddressBookGrain>(Key() + " a");
        var b = Grains.GetGrain<IAddressBookGrain>(Key() + " b");
        Assert.Equal($"{Key()} a, a reference, greets {Key()} b", await a.Greet(b));
    }

    [Fact]
    public async Task A_grain_that_passes_itself_passes_a_reference()
    {
        var a = Grains.GetGrain<IAddressBookGrain>(Key() + " a");
        var b = Grains.GetGrain<IAddressBookGrain>(Key() + " b");
        Assert.Equal($"{Key()} a, a reference, greets {Key()} b", await a.GreetWithSelf(b));
    }

    [Fact]
    public async Task An_observer_that_is_passed_itself_is_refused()
    {
        var host = Grains.GetGrain<IHostGrain>(Key());
        await Assert.ThrowsAsync<NotSupportedException>(async () => await host.Welcome(new Visitor(Probe, Key())));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void A_key_is_not_blank(string? key) => Assert.ThrowsAny<ArgumentException>(() => Grains.GetGrain<IBasicGrain>(key!));

    [Theory]
    [InlineData("a/b/c")]
    [InlineData("ключ 鍵")]
    [InlineData("+%#?")]
    [InlineData("x\ny")]
    public async Task Any_other_text_is_a_key(string key)
    {
        var grain = Grains.GetGrain<IBasicGrain>(Key() + key);
        Assert.Equal(Key() + key, await grain.Key());
        Assert.Equal(Key() + key, grain.GetPrimaryKeyString());
    }

    [Fact]
    public async Task Keys_that_differ_in_case_are_different_grains()
    {
        Assert.Equal(1, await Grains.GetGrain<IBasicGrain>(Key() + "x").Add(1));
        Assert.Equal(1, await Grains.GetGrain<IBasicGrain>(Key() + "X").Add(1));
    }

    [Fact]
    public async Task The_empty_guid_is_a_key_too() => Assert.Equal(Guid.Empty, await Grains.GetGrain<IPlainGrain>(Guid.Empty).Key());

    [Fact]
    public async Task One_key_of_two_classes_is_two_grains()
    {
        await Grains.GetGrain<IBasicGrain>(Key()).Nothing();
        await Grains.GetGrain<IGateGrain>(Key()).Note("x");
        Assert.NotEqual(Grains.GetGrain<IBasicGrain>(Key()).GetGrainId(), Grains.GetGrain<IGateGrain>(Key()).GetGrainId());
    }

    [Fact]
    public async Task References_can_be_found_by_id_and_by_type()
    {
        var grain = Grains.GetGrain<IBasicGrain>(Key());
        await grain.Add(4);
        Assert.Equal(6, await Grains.GetGrain<IBasicGrain>(grain.GetGrainId()).Add(2));
        Assert.Equal(7, await ((IBasicGrain)Grains.GetGrain(typeof(IBasicGrain), Key())).Add(1));
    }

    [Fact]
    public async Task Callers_outside_grains_use_the_client()
    {
        var client = Services.GetRequiredService<IClusterClient>();
        Assert.Equal(1, await client.GetGrain<IBasicGrain>(Key()).Add(1));
        Assert.Equal(2, await Grains.GetGrain<IBasicGrain>(Key()).Add(1));
    }
}
