using RoutingGrid.Engine.Simulation;
using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Routing;

namespace RoutingGrid.Simulation.Tests.Worlds;

/// <summary>How people's programs call: where there is no answer, or the answer is to try again, the same once more, with the same id.</summary>
internal sealed class Caller(SeededCenter center, SeededRandom random)
{
    /// <summary>More than any trouble lasts.</summary>
    private const int Patience = 60;

    public Task<CaseResult> Ask(Func<Task<CaseResult>> call) => Ask(call, static result => result.Refusal);

    public Task<AgentResult> Ask(Func<Task<AgentResult>> call) => Ask(call, static result => result.Refusal);

    /// <summary>Calls until there is a definite answer. In a process that is dead there never is one.</summary>
    public async Task<T> Ask<T>(Func<Task<T>> call, Func<T, Refusal?> refusal)
    {
        string? trouble;
        for (var tries = 1; ; tries++)
        {
            await center.UnlessDead();
            try
            {
                var result = await call();
                await center.UnlessDead();
                if (refusal(result) is not { Code: RefusalCode.TryAgain or RefusalCode.Overloaded } again) return result;
                trouble = again.Detail;
            }
            catch (Exception error) when (center.IsExpected(error))
            {
                trouble = error.Message;
            }
            if (tries == Patience) throw new BrokenPromiseException($"{tries} tries came to nothing. The last one: {trouble}");
            // At once the first time: who was only overtaken is not any more.
            if (tries > 1) await center.World.Pass(TimeSpan.FromMilliseconds(50 + random.Below(2000)));
        }
    }
}
