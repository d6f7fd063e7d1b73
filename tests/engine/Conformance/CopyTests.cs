using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Behaviour 4 in detail: copies of every shape, identity inside one message, and what crosses as it is.</summary>
public sealed class CopyTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task Everything_in_a_message_is_a_copy()
    {
        Parcel parcel = Full();
        Parcel? copy = await Grains.GetGrain<IParcelGrain>(Key()).Echo(parcel);
        AssertEqual(parcel, copy!);
        AssertApart(parcel, copy!);
        AssertApart(parcel.Inside[0], copy!.Inside[0]);
        AssertApart(parcel.ByName["b"], copy.ByName["b"]);
        Assert.NotSame(parcel.Rows[1], copy.Rows[1]);
        Assert.NotSame(parcel.Pair.Left, copy.Pair.Left);
        Assert.NotSame(parcel.Anything, copy.Anything);
    }

    [Fact]
    public async Task What_the_sender_changes_after_the_call_is_not_seen()
    {
        var grain = Grains.GetGrain<IParcelGrain>(Key());
        Parcel parcel = Full();
        Task keeping = grain.Keep(parcel);
        parcel.Numbers[0] = 99;
        parcel.Rows[0][0] = 99;
        parcel.Inside.Clear();
        parcel.Labels.Add("late");
        parcel.Queue.Enqueue(99);
        ((List<int>)parcel.Anything!).Add(99);
        await keeping;
        AssertEqual(Full(), await grain.Kept());
    }

    [Fact]
    public async Task What_the_receiver_changes_is_not_seen_by_the_grain()
    {
        var grain = Grains.GetGrain<IParcelGrain>(Key());
        await grain.Keep(Full());
        Parcel kept = await grain.Kept();
        kept.Numbers[0] = 99;
        kept.Inside[0].Text = "changed";
        kept.ByName.Clear();
        kept.Pair.Left.Add(99);
        AssertEqual(Full(), await grain.Kept());
    }

    [Fact]
    public async Task Arrays_and_nested_collections_are_copied_too()
    {
        var grain = Grains.GetGrain<IParcelGrain>(Key());
        int[] numbers = [1, 2];
        int[] copy = await grain.EchoNumbers(numbers);
        Assert.Equal(numbers, copy);
        Assert.NotSame(numbers, copy);
        Assert.Empty(await grain.EchoNumbers([]));

        List<List<Parcel>> nested = [[new Parcel { Text = "x" }], []];
        List<List<Parcel>> nestedCopy = await grain.EchoNested(nested);
        Assert.Equal("x", nestedCopy[0][0].Text);
        Assert.NotSame(nested[0], nestedCopy[0]);
        Assert.NotSame(nested[0][0], nestedCopy[0][0]);
    }

    [Fact]
    public async Task Nothing_crosses_as_nothing() => Assert.Null(await Grains.GetGrain<IParcelGrain>(Key()).Echo(null));

    [Fact]
    public async Task One_object_in_several_places_of_a_message_stays_one()
    {
        var grain = Grains.GetGrain<IParcelGrain>(Key());
        var one = new Parcel { Text = "one" };
        Assert.True(await grain.AreOne(one, one, [one, one], new() { ["one"] = one }));
        Assert.False(await grain.AreOne(one, new Parcel(), [one, one], new() { ["one"] = one }));

        one.Anything = one;
        one.Inside.Add(one);
        Parcel copy = (await grain.Echo(one))!;
        Assert.Same(copy, copy.Anything);
        Assert.Same(copy, copy.Inside[0]);
        List<List<Parcel>> rows = await grain.EchoNested([[one], [one]]);
        Assert.Same(rows[0][0], rows[1][0]);
    }

    [Fact]
    public async Task Two_messages_have_two_copies()
    {
        var grain = Grains.GetGrain<IParcelGrain>(Key());
        var one = new Parcel();
        Assert.NotSame(await grain.Echo(one), await grain.Echo(one));
    }

    [Fact]
    public async Task Arguments_and_results_that_are_promised_never_to_change_cross_as_they_are()
    {
        var grain = Grains.GetGrain<IParcelGrain>(Key());
        Assert.True(await grain.IsHeld(ParcelGrain.Held));
        Assert.False(await grain.IsHeld([.. ParcelGrain.Held]));
    }

    private static Parcel Full() => new()
    {
        Numbers = [1, 2, 3],
        Rows = [[1], [2, 3]],
        Inside = [new Parcel { Text = "a", Numbers = [4] }],
        ByName = new() { ["b"] = new Parcel { Text = "b" } },
        Labels = ["fragile"],
        Anything = new List<int> { 7 },
        Pair = new Pair { Left = [8], Right = 9 },
        Queue = new([10, 11]),
        Text = "full",
    };

    private static void AssertEqual(Parcel expected, Parcel actual)
    {
        Assert.Equal(expected.Text, actual.Text);
        Assert.Equal(expected.Numbers, actual.Numbers);
        Assert.Equal(expected.Rows, actual.Rows);
        Assert.Equal(expected.Inside.Select(parcel => parcel.Text), actual.Inside.Select(parcel => parcel.Text));
        Assert.Equal(expected.ByName.Keys, actual.ByName.Keys);
        Assert.Equal(expected.Labels, actual.Labels);
        Assert.Equal(expected.Anything, actual.Anything);
        Assert.Equal(expected.Pair.Left, actual.Pair.Left);
        Assert.Equal(expected.Pair.Right, actual.Pair.Right);
        Assert.Equal(expected.Queue, actual.Queue);
    }

    private static void AssertApart(Parcel original, Parcel copy)
    {
        Assert.NotSame(original, copy);
        Assert.NotSame(original.Inside, copy.Inside);
        Assert.NotSame(original.ByName, copy.ByName);
        Assert.NotSame(original.Labels, copy.Labels);
        Assert.NotSame(original.Queue, copy.Queue);
    }
}
