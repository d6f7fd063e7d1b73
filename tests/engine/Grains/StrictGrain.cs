using RoutingGrid.Engine.Tests.Stress;

namespace RoutingGrid.Engine.Tests.Grains;

[GenerateSerializer]
public sealed class Slip
{
    [Id(0)]
    public int Number { get; set; }

    [Id(1)]
    public int[] Copies { get; set; } = [];

    /// <summary>Nobody has changed it on its way.</summary>
    public bool IsWhole(int number) => Number == number && Copies.Length == 2 && Copies[0] == number && Copies[1] == number;

    public void Spoil()
    {
        Number = -1;
        Copies[0] = -1;
    }
}

/// <summary>Notices every turn that runs beside another, and everything that others do to its messages.</summary>
public interface IStrictGrain : IGrainWithStringKey
{
    /// <summary>Answers with a slip of the next number.</summary>
    Task<Slip> Take(Slip slip, int number, bool takeTime);

    Task<int> Count();
}

public sealed class StrictGrain(Ledger ledger) : Grain, IStrictGrain
{
    private int _turns;
    private int _inside;
    private int _count;
    private Slip? _given;
    private int _givenNumber;

    public Task<Slip> Take(Slip slip, int number, bool takeTime)
    {
        EnterTurn();
        ledger.Check(++_inside == 1, "one call at a time");
        ledger.Check(slip.IsWhole(number), "an argument is what it was when it was sent");
        ledger.Check(_given is null || _given.IsWhole(_givenNumber), "a result that was given away is not changed by others");
        return takeTime ? TakeTime(slip, number) : Task.FromResult(Give(slip, number));
    }

    public Task<int> Count() => Task.FromResult(_count);

    private async Task<Slip> TakeTime(Slip slip, int number)
    {
        LeaveTurn();
        await Task.Yield();
        EnterTurn();
        ledger.Check(slip.IsWhole(number), "an argument stays what it was");
        return Give(slip, number);
    }

    private Slip Give(Slip slip, int number)
    {
        slip.Spoil();
        _givenNumber = number + 1;
        _given = new Slip { Number = _givenNumber, Copies = [_givenNumber, _givenNumber] };
        _inside--;
        _count++;
        LeaveTurn();
        return _given;
    }

    private void EnterTurn() => ledger.Check(Interlocked.Exchange(ref _turns, 1) == 0, "one turn at a time");

    private void LeaveTurn() => Volatile.Write(ref _turns, 0);
}
