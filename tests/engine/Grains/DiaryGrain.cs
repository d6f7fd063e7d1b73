using Orleans.Concurrency;

namespace RoutingGrid.Engine.Tests.Grains;

/// <summary>Writes its state from several calls at once, and from where it must not.</summary>
public interface IDiaryGrain : IGrainWithStringKey
{
    Task<int> Number();

    /// <summary>Starts a write, then changes the state; both before the store is asked.</summary>
    Task WriteThenChange(string first, string second);

    Task Write(string text);

    /// <summary>Two writes, neither awaited before the other is asked for.</summary>
    Task WriteTwice(string first, string second);

    Task<string> Text();

    Task<string> FailToWrite();

    Task<string> BeforeLoading();

    Task<string> FromOutsideATurn();
}

[Reentrant]
public sealed class DiaryGrain : Grain, IDiaryGrain
{
    private readonly IPersistentState<NoteState> _note;
    private readonly int _number;
    private readonly string _beforeLoading;

    public DiaryGrain([PersistentState("diary", "slow")] IPersistentState<NoteState> note, Probe probe)
    {
        _note = note;
        _number = probe.Count("diaries");
        _beforeLoading = ErrorOf(() => _ = note.RecordExists);
    }

    public Task<int> Number() => Task.FromResult(_number);

    public async Task WriteThenChange(string first, string second)
    {
        _note.State.Text = first;
        Task writing = _note.WriteStateAsync();
        _note.State.Text = second;
        await writing;
    }

    public Task Write(string text)
    {
        _note.State.Text = text;
        return _note.WriteStateAsync();
    }

    public async Task WriteTwice(string first, string second)
    {
        _note.State.Text = first;
        Task one = _note.WriteStateAsync();
        _note.State.Text = second;
        Task two = _note.WriteStateAsync();
        await one;
        await two;
    }

    public Task<string> Text() => Task.FromResult(_note.State.Text);

    public async Task<string> FailToWrite()
    {
        try
        {
            await Write("bad");
            return "";
        }
        catch (OrleansException error)
        {
            return $"{error.GetType().Name} of {error.InnerException?.GetType().Name}";
        }
    }

    public Task<string> BeforeLoading() => Task.FromResult(_beforeLoading);

    public Task<string> FromOutsideATurn() => Task.Run(() => ErrorOf(() => _ = _note.State));

    private static string ErrorOf(Action action)
    {
        try
        {
            action();
            return "";
        }
        catch (Exception error)
        {
            return error.GetType().Name;
        }
    }
}

/// <summary>Has a state that cannot be read.</summary>
public interface IUnreadableGrain : IGrainWithStringKey
{
    Task Call();
}

public sealed class UnreadableGrain([PersistentState("unreadable", "slow")] IPersistentState<NoteState> note) : Grain, IUnreadableGrain
{
    public Task Call() => Task.FromResult(note.State);
}
