using Orleans.Storage;

namespace RoutingGrid.Engine.Tests.Grains;

[GenerateSerializer]
public sealed class NoteState
{
    [Id(0)]
    public string Text { get; set; } = "new";

    [Id(1)]
    public List<string> Lines { get; set; } = [];
}

public interface IStatefulGrain : IGrainWithStringKey
{
    Task<string> SeenAtStart();

    Task Set(string text);

    Task ChangeWithoutWriting(string text);

    Task<string> Reread();

    Task<(bool Exists, bool HasEtag)> Record();

    Task<string> Clear();

    Task Leave();
}

public sealed class StatefulGrain(
    [PersistentState("note", "store")] IPersistentState<NoteState> note,
    [PersistentState("other")] IPersistentState<NoteState> other,
    Probe probe) : Grain, IStatefulGrain
{
    private string _atStart = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _atStart = note.State.Text;
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Signal(this.GetPrimaryKeyString() + " deactivated");
        return Task.CompletedTask;
    }

    public Task<string> SeenAtStart() => Task.FromResult(_atStart);

    public async Task Set(string text)
    {
        note.State.Text = text;
        note.State.Lines.Add(text);
        await note.WriteStateAsync();
        other.State.Text = "other " + text;
        await other.WriteStateAsync();
    }

    public Task ChangeWithoutWriting(string text)
    {
        note.State.Text = text;
        note.State.Lines.Add(text);
        return Task.CompletedTask;
    }

    public async Task<string> Reread()
    {
        await note.ReadStateAsync();
        await other.ReadStateAsync();
        return $"{note.State.Text},{string.Join('+', note.State.Lines)},{other.State.Text}";
    }

    public Task<(bool Exists, bool HasEtag)> Record() => Task.FromResult((note.RecordExists, note.Etag is not null));

    public async Task<string> Clear()
    {
        await note.ClearStateAsync();
        return $"{note.State.Text},{note.RecordExists}";
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

/// <summary>Lets conflicts escape, or not.</summary>
public interface IConflictGrain : IGrainWithStringKey
{
    Task<int> Number();

    Task Write();

    Task WriteAndCatch();

    Task Throw();

    /// <summary>Calls another one's <see cref="Write"/> and lets its error pass.</summary>
    Task WriteThrough(IConflictGrain other);
}

public sealed class ConflictGrain([PersistentState("note", "faulty")] IPersistentState<NoteState> note, Probe probe) : Grain, IConflictGrain
{
    private readonly int _number = probe.Count("conflicts");

    public Task<int> Number() => Task.FromResult(_number);

    public Task Write() => note.WriteStateAsync();

    public async Task WriteAndCatch()
    {
        try
        {
            await note.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            // The activation stays.
        }
    }

    public Task Throw() => throw new InconsistentStateException("thrown by the grain");

    public Task WriteThrough(IConflictGrain other) => other.Write();
}
