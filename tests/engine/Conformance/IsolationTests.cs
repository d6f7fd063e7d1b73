using System.Collections.Immutable;
using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>Behaviour 4: what one grain does to a value, no other sees.</summary>
public sealed class IsolationTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task The_callee_gets_a_copy()
    {
        List<string> lines = ["one"];
        Assert.Equal("one,scribble", await Grains.GetGrain<IMessageGrain>(Key()).Scribble(lines));
        Assert.Equal(["one"], lines);
    }

    [Fact]
    public async Task The_caller_gets_a_copy()
    {
        var grain = Grains.GetGrain<IMessageGrain>(Key());
        var letter = new Letter { Text = "sent", Lines = ["sent"] };
        await grain.Keep(letter);
        letter.Text = "changed by the sender";
        Letter kept = await grain.Kept();
        Assert.Equal("sent", kept.Text);
        kept.Lines.Add("changed by the reader");
        await grain.ChangeKept("changed by the grain");
        Assert.Equal(["sent", "changed by the reader"], kept.Lines);
        Assert.Equal(["sent", "changed by the grain"], (await grain.Kept()).Lines);
    }

    [Fact]
    public async Task The_copy_is_made_before_the_call_returns_to_the_caller()
    {
        var gate = Grains.GetGrain<IGateGrain>(Key());
        var grain = Grains.GetGrain<IMessageGrain>(Key());
        List<string> lines = ["one"];
        Task<string> call = grain.Scribble(lines);
        lines.Add("too late");
        Assert.Equal("one,scribble", await call);
        await gate.Note("");
    }

    [Fact]
    public async Task Shared_and_circular_references_stay_so()
    {
        var grain = Grains.GetGrain<IMessageGrain>(Key());
        var letter = new Letter { Text = "round", Bytes = [1, 2, 3] };
        letter.Answered = letter;
        Letter copy = await grain.Echo(letter);
        Assert.NotSame(letter, copy);
        Assert.Same(copy, copy.Answered);
        Assert.Equal([1, 2, 3], copy.Bytes);
        Assert.NotSame(letter.Bytes, copy.Bytes);
        (Letter first, Letter second) = await grain.EchoTwo(letter, letter);
        Assert.Same(first, second);
    }

    [Fact]
    public async Task Records_structs_generics_and_derived_types_are_copied_whole()
    {
        var grain = Grains.GetGrain<IMessageGrain>(Key());
        var stamped = new Stamped(DateTimeOffset.UnixEpoch, ["a", "b"], new Letter { Text = "inside" });
        Stamped stampedCopy = await grain.EchoStamped(stamped);
        Assert.Equal(stamped.Tags.AsEnumerable(), stampedCopy.Tags);
        Assert.Equal("inside", stampedCopy.Letter!.Text);
        Assert.NotSame(stamped.Letter, stampedCopy.Letter);

        var circle = new Circle(3) { Points = [1, 2] };
        var circleCopy = Assert.IsType<Circle>(await grain.EchoShape(circle));
        Assert.Equal(3, circleCopy.Radius);
        Assert.Equal([1, 2], circleCopy.Points);
        Assert.NotSame(circle.Points, circleCopy.Points);

        var box = new Box<List<int>> { Content = [1] };
        Box<List<int>> boxCopy = await grain.EchoBox(box);
        Assert.Equal([1], boxCopy.Content);
        Assert.NotSame(box.Content, boxCopy.Content);

        var pair = new Pair { Left = [1], Right = 2 };
        Pair pairCopy = await grain.EchoPair(pair);
        Assert.Equal([1], pairCopy.Left);
        Assert.Equal(2, pairCopy.Right);
        Assert.NotSame(pair.Left, pairCopy.Left);
    }

    [Fact]
    public async Task Collections_are_copied_whole()
    {
        var grain = Grains.GetGrain<IMessageGrain>(Key());
        var map = new Dictionary<string, List<int>>(StringComparer.OrdinalIgnoreCase) { ["a"] = [1] };
        Dictionary<string, List<int>> mapCopy = await grain.EchoMap(map);
        Assert.Equal([1], mapCopy["A"]);
        Assert.NotSame(map["a"], mapCopy["a"]);

        var letter = new Letter { Text = "x" };
        foreach (IReadOnlyList<Letter> letters in new IReadOnlyList<Letter>[] { new[] { letter }, new List<Letter> { letter }, ImmutableArray.Create(letter) })
        {
            IReadOnlyList<Letter> copy = await grain.EchoAll(letters);
            Assert.Equal("x", Assert.Single(copy).Text);
            Assert.NotSame(letter, copy[0]);
        }
    }

    [Fact]
    public async Task Immutable_values_cross_as_they_are()
    {
        var grain = Grains.GetGrain<IMessageGrain>(Key());
        Promised promised = await grain.Promise();
        Assert.True(await grain.IsThisPromise(promised));
        Assert.Same(promised, await grain.Promise());
    }

    [Fact]
    public async Task Context_travels_with_the_call_and_not_back()
    {
        var first = Grains.GetGrain<IMessageGrain>(Key() + " 1");
        var second = Grains.GetGrain<IMessageGrain>(Key() + " 2");
        RequestContext.Set("from outside", "yes");
        Assert.Equal("yes", await first.Context("from outside"));
        Assert.Equal("inner", await first.SetContextAndAsk("set inside", "inner", second));
        Assert.Null(RequestContext.Get("set inside"));
        await first.SetContext("left behind", "value");
        Assert.Null(RequestContext.Get("left behind"));
        Assert.Null(await first.Context("left behind"));
        RequestContext.Clear();
        Assert.Null(await first.Context("from outside"));
    }

    [Fact]
    public async Task Ambient_values_of_the_caller_are_not_seen()
    {
        var ambient = new AsyncLocal<string> { Value = "mine" };
        var grain = Grains.GetGrain<IAmbientGrain>(Key());
        AmbientGrain.Watched = ambient;
        Assert.Null(await grain.Read());
        await grain.Write("its");
        Assert.Equal("mine", ambient.Value);
    }

    [Fact]
    public async Task Exceptions_arrive_as_they_were_thrown()
    {
        var error = new InvalidOperationException("mine");
        InvalidOperationException caught = await Assert.ThrowsAsync<InvalidOperationException>(() => Grains.GetGrain<IMessageGrain>(Key()).Fail(error));
        Assert.Equal("mine", caught.Message);
    }
}
