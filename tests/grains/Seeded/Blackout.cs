namespace RoutingGrid.Grains.Tests.Seeded;

/// <summary>From some call on, nobody answers: the process is dead, with some of what it was doing written and some not.</summary>
internal sealed class Blackout : IIncomingGrainCallFilter
{
    private int _left = int.MaxValue;

    public bool IsDark => _left <= 0;

    public void After(int calls) => _left = calls;

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (_left != int.MaxValue && _left > 0) _left--;
        return IsDark ? new TaskCompletionSource().Task : context.Invoke();
    }
}
