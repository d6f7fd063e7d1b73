using System.Collections.Immutable;

namespace RoutingGrid.Engine.Tests.Grains;

[GenerateSerializer]
public sealed class Letter
{
    [Id(0)]
    public string Text { get; set; } = "";

    [Id(1)]
    public List<string> Lines { get; set; } = [];

    [Id(2)]
    public Letter? Answered { get; set; }

    [Id(3)]
    public byte[] Bytes { get; init; } = [];
}

[GenerateSerializer]
public sealed record Stamped(DateTimeOffset At, ImmutableArray<string> Tags, Letter? Letter = null);

[GenerateSerializer]
public sealed record Frozen(string Name, int Number);

[GenerateSerializer, Immutable]
public sealed class Promised
{
    [Id(0)]
    public List<string> Lines { get; init; } = [];
}

[GenerateSerializer]
public abstract record Shape
{
    [Id(0)]
    public List<int> Points { get; init; } = [];
}

[GenerateSerializer]
public sealed record Circle([property: Id(0)] int Radius) : Shape;

[GenerateSerializer]
public sealed record Polygon([property: Id(0)] string Name) : Shape;

[GenerateSerializer]
public sealed class Box<T>
{
    [Id(0)]
    public T? Content { get; set; }
}

[GenerateSerializer]
public struct Pair
{
    [Id(0)]
    public List<int> Left { get; set; }

    [Id(1)]
    public int Right { get; set; }
}

/// <summary>Keeps what it is given and changes it.</summary>
public interface IMessageGrain : IGrainWithStringKey
{
    Task Keep(Letter letter);

    Task<Letter> Kept();

    Task ChangeKept(string text);

    Task<string> Scribble(List<string> lines);

    Task<Letter> Echo(Letter letter);

    Task<Stamped> EchoStamped(Stamped stamped);

    Task<Shape> EchoShape(Shape shape);

    Task<Box<List<int>>> EchoBox(Box<List<int>> box);

    Task<Pair> EchoPair(Pair pair);

    Task<Dictionary<string, List<int>>> EchoMap(Dictionary<string, List<int>> map);

    Task<IReadOnlyList<Letter>> EchoAll(IReadOnlyList<Letter> letters);

    Task<(Letter First, Letter Second)> EchoTwo(Letter first, Letter second);

    Task<bool> IsThisPromise(Promised promised);

    Task<Promised> Promise();

    Task<string?> Context(string key);

    Task<string?> SetContextAndAsk(string key, string value, IMessageGrain other);

    Task SetContext(string key, string value);

    Task Fail(Exception error);
}

public sealed class MessageGrain : Grain, IMessageGrain
{
    private static Promised? s_promised;
    private Letter _kept = new();

    public Task Keep(Letter letter)
    {
        _kept = letter;
        return Task.CompletedTask;
    }

    public Task<Letter> Kept() => Task.FromResult(_kept);

    public Task ChangeKept(string text)
    {
        _kept.Text = text;
        _kept.Lines.Add(text);
        return Task.CompletedTask;
    }

    public Task<string> Scribble(List<string> lines)
    {
        lines.Add("scribble");
        return Task.FromResult(string.Join(',', lines));
    }

    public Task<Letter> Echo(Letter letter) => Task.FromResult(letter);

    public Task<Stamped> EchoStamped(Stamped stamped) => Task.FromResult(stamped);

    public Task<Shape> EchoShape(Shape shape) => Task.FromResult(shape);

    public Task<Box<List<int>>> EchoBox(Box<List<int>> box) => Task.FromResult(box);

    public Task<Pair> EchoPair(Pair pair) => Task.FromResult(pair);

    public Task<Dictionary<string, List<int>>> EchoMap(Dictionary<string, List<int>> map) => Task.FromResult(map);

    public Task<IReadOnlyList<Letter>> EchoAll(IReadOnlyList<Letter> letters) => Task.FromResult(letters);

    public Task<(Letter First, Letter Second)> EchoTwo(Letter first, Letter second) => Task.FromResult((first, second));

    public Task<bool> IsThisPromise(Promised promised) => Task.FromResult(ReferenceEquals(promised, s_promised));

    public Task<Promised> Promise() => Task.FromResult(s_promised ??= new Promised());

    public Task<string?> Context(string key) => Task.FromResult(RequestContext.Get(key) as string);

    public async Task<string?> SetContextAndAsk(string key, string value, IMessageGrain other)
    {
        RequestContext.Set(key, value);
        return await other.Context(key);
    }

    public Task SetContext(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }

    public Task Fail(Exception error) => throw error;
}
