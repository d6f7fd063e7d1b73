using RoutingGrid.GrainInterfaces.Agents;
using RoutingGrid.GrainInterfaces.Cases;
using RoutingGrid.Journal;
using RoutingGrid.Routing;

namespace RoutingGrid.Api.Requests;

/// <summary>Repeats a command whose grain was replaced while it ran. The command id is the same each time, so nothing is done twice.</summary>
internal sealed class GrainCalls(TimeProvider time)
{
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(80), TimeSpan.FromMilliseconds(320)];

    public Task<CaseResult> Case(Func<Task<CaseResult>> call, CancellationToken cancel) => Run(call, result => result.Refusal, cancel);

    public Task<AgentResult> Agent(Func<Task<AgentResult>> call, CancellationToken cancel) => Run(call, result => result.Refusal, cancel);

    /// <summary>The last answer, when repeating does not help. What is thrown in the end is for <see cref="Problems.ExceptionProblems"/>.</summary>
    public async Task<T> Run<T>(Func<Task<T>> call, Func<T, Refusal?> refusal, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var result = await call();
                if (attempt == Pauses.Length || refusal(result)?.Code != RefusalCode.TryAgain) return result;
            }
            catch (UnknownOutcomeException) when (attempt < Pauses.Length)
            {
                // The grain forgets what it believed; a fresh activation knows.
            }
            await Task.Delay(Pauses[attempt], time, cancel);
        }
    }
}
