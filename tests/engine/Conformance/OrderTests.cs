using RoutingGrid.Engine.Tests.Grains;

namespace RoutingGrid.Engine.Tests.Conformance;

/// <summary>
/// Behaviour 9: what a grain may rely on. Who waits for an answer before it sends again is heard in order; who does not wait
/// may be heard in any order (Orleans promises none: dotnet/orleans#4828), but each message at most once, and an answer is
/// always the one to its own call.
/// </summary>
public sealed class OrderTests(SharedEngine shared) : OnSharedEngine(shared)
{
    [Fact]
    public async Task Who_waits_for_the_answer_is_heard_in_order()
    {
        var scribe = Grains.GetGrain<IScribeGrain>(Key());
        await Grains.GetGrain<ISpeakerGrain>(Key()).SayOneByOne(scribe, 1, 100, scribeLeaves: false);
        Assert.Equal(Enumerable.Range(1, 100), await scribe.All());
    }

    [Fact]
    public async Task Also_when_the_other_comes_and_goes()
    {
        var scribe = Grains.GetGrain<IScribeGrain>(Key());
        await Grains.GetGrain<ISpeakerGrain>(Key()).SayOneByOne(scribe, 1, 50, scribeLeaves: true);
        Assert.Equal(Enumerable.Range(1, 50), await scribe.All());
    }

    [Fact]
    public async Task What_follows_from_an_answer_comes_after_it()
    {
        var scribe = Grains.GetGrain<IScribeGrain>(Key());
        ISpeakerGrain[] speakers = [.. Enumerable.Range(0, 20).Select(i => Grains.GetGrain<ISpeakerGrain>($"{Key()} {i % 20}"))];
        await speakers[0].SayAndPassOn(scribe, 1, speakers[1..]);
        Assert.Equal(Enumerable.Range(1, 20), await scribe.All());
    }

    [Fact]
    public async Task Two_who_wait_are_each_heard_in_order()
    {
        var scribe = Grains.GetGrain<IScribeGrain>(Key());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(speaker =>
            Grains.GetGrain<ISpeakerGrain>($"{Key()} {speaker}").SayOneByOne(scribe, 1000 * speaker, 100, scribeLeaves: false)));
        int[] all = await scribe.All();
        for (int speaker = 0; speaker < 4; speaker++)
        {
            Assert.Equal(Enumerable.Range(1000 * speaker, 100), all.Where(word => word / 1000 == speaker));
        }
    }

    [Fact]
    public async Task Who_does_not_wait_is_heard_once_in_whatever_order_and_gets_the_right_answers()
    {
        var scribe = Grains.GetGrain<IScribeGrain>(Key());
        int[] right = await Task.WhenAll(Enumerable.Range(0, 4).Select(speaker =>
            Grains.GetGrain<ISpeakerGrain>($"{Key()} {speaker}").SayAllAtOnce(scribe, 1000 * speaker, 200)));
        Assert.All(right, count => Assert.Equal(200, count));
        IEnumerable<int> said = Enumerable.Range(0, 4).SelectMany(speaker => Enumerable.Range(1000 * speaker, 200));
        Assert.Equal(said, (await scribe.All()).Order());
    }
}
