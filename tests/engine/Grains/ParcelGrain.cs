namespace RoutingGrid.Engine.Tests.Grains;

[GenerateSerializer]
public sealed class Parcel
{
    [Id(0)]
    public int[] Numbers { get; set; } = [];

    [Id(1)]
    public int[][] Rows { get; set; } = [];

    [Id(2)]
    public List<Parcel> Inside { get; set; } = [];

    [Id(3)]
    public Dictionary<string, Parcel> ByName { get; set; } = [];

    [Id(4)]
    public HashSet<string> Labels { get; set; } = [];

    [Id(5)]
    public object? Anything { get; set; }

    [Id(6)]
    public Pair Pair { get; set; }

    [Id(7)]
    public Queue<int> Queue { get; set; } = [];

    [Id(8)]
    public string? Text { get; set; }
}

[GenerateSerializer]
public class ParcelLostException(string message, int number) : Exception(message)
{
    [Id(0)]
    public int Number { get; } = number;
}

[GenerateSerializer]
public sealed class LostException<T>(string message, T what) : Exception(message)
{
    [Id(0)]
    public T What { get; } = what;
}

/// <summary>Keeps a parcel, hands it out, and looks for what happened to it.</summary>
public interface IParcelGrain : IGrainWithStringKey
{
    Task Keep(Parcel parcel);

    Task<Parcel> Kept();

    Task<Parcel?> Echo(Parcel? parcel);

    ValueTask<int[]> EchoNumbers(int[] numbers);

    Task<List<List<Parcel>>> EchoNested(List<List<Parcel>> parcels);

    /// <summary>Are the two the same object here, and is it inside the list and the map too?</summary>
    Task<bool> AreOne(Parcel first, Parcel second, List<Parcel> list, Dictionary<string, Parcel> map);

    /// <summary>Are they the very objects that <see cref="ParcelGrain.Held"/> holds?</summary>
    Task<bool> IsHeld([Immutable] List<int> promised);

    [return: Immutable]
    Task<List<int>> Promised();

    Task Lose(string how);
}

public sealed class ParcelGrain : Grain, IParcelGrain
{
    private Parcel _kept = new();

    /// <summary>For comparing identity across a call.</summary>
    public static List<int> Held { get; } = [1, 2, 3];

    public Task Keep(Parcel parcel)
    {
        _kept = parcel;
        return Task.CompletedTask;
    }

    public Task<Parcel> Kept() => Task.FromResult(_kept);

    public Task<Parcel?> Echo(Parcel? parcel) => Task.FromResult(parcel);

    public ValueTask<int[]> EchoNumbers(int[] numbers) => new(numbers);

    public Task<List<List<Parcel>>> EchoNested(List<List<Parcel>> parcels) => Task.FromResult(parcels);

    public Task<bool> AreOne(Parcel first, Parcel second, List<Parcel> list, Dictionary<string, Parcel> map) =>
        Task.FromResult(ReferenceEquals(first, second) && ReferenceEquals(first, list[0]) && ReferenceEquals(first, list[1]) && ReferenceEquals(first, map["one"]));

    public Task<bool> IsHeld(List<int> promised) => Task.FromResult(ReferenceEquals(promised, Held));

    public Task<List<int>> Promised() => Task.FromResult(Held);

    public async Task Lose(string how)
    {
        if (how == "later")
        {
            await Task.Yield();
        }

        throw how switch
        {
            "generic" => new LostException<int>("generic", 7),
            "inner" => new ParcelLostException("outer", 1) { Source = "here" },
            "cancelled" => new OperationCanceledException("changed my mind"),
            "many" => new AggregateException("several", new ParcelLostException("one", 1), new InvalidOperationException("two")),
            "nested" => new InvalidOperationException("outer", new ParcelLostException("inner", 3)),
            _ => new ParcelLostException("lost", 5),
        };
    }
}
