namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Writes down what it is told, in the order in which it hears it.</summary>
public interface IScribeGrain : IGrainWithStringKey
{
    Task<int> Take(int word);

    Task<int[]> All();

    Task Leave();
}

public sealed class ScribeGrain([PersistentState("words", "store")] IPersistentState<List<int>> words) : Grain, IScribeGrain
{
    public async Task<int> Take(int word)
    {
        await Task.Yield();
        words.State.Add(word);
        return -word;
    }

    public Task<int[]> All() => Task.FromResult<int[]>([.. words.State]);

    public Task Leave()
    {
        DeactivateOnIdle();
        return words.WriteStateAsync();
    }
}

/// <summary>Tells a scribe many things.</summary>
public interface ISpeakerGrain : IGrainWithStringKey
{
    /// <summary>Waits for each answer before it says the next.</summary>
    Task SayOneByOne(IScribeGrain scribe, int first, int count, bool scribeLeaves);

    /// <summary>Does not wait. How many answers were those to what was said?</summary>
    Task<int> SayAllAtOnce(IScribeGrain scribe, int first, int count);

    /// <summary>Says one thing, and then has another say the next.</summary>
    Task SayAndPassOn(IScribeGrain scribe, int word, ISpeakerGrain[] others);
}

public sealed class SpeakerGrain : Grain, ISpeakerGrain
{
    public async Task SayOneByOne(IScribeGrain scribe, int first, int count, bool scribeLeaves)
    {
        for (int word = first; word < first + count; word++)
        {
            await scribe.Take(word);
            if (scribeLeaves && word % 5 == 0)
            {
                await scribe.Leave();
            }
        }
    }

    public async Task<int> SayAllAtOnce(IScribeGrain scribe, int first, int count)
    {
        int[] words = [.. Enumerable.Range(first, count)];
        int[] answers = await Task.WhenAll(words.Select(scribe.Take));
        return words.Zip(answers).Count(pair => pair.First == -pair.Second);
    }

    public async Task SayAndPassOn(IScribeGrain scribe, int word, ISpeakerGrain[] others)
    {
        await scribe.Take(word);
        if (others is [var next, .. var rest])
        {
            await next.SayAndPassOn(scribe, word + 1, rest);
        }
    }
}
