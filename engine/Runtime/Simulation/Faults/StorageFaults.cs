namespace RoutingGrid.Engine.Simulation;

/// <summary>
/// Fails and delays operations of stores as <see cref="FaultOptions"/> says. Every <see cref="Orleans.Storage.IGrainStorage"/>
/// of a simulation goes through it; other stores, such as journals, can: it is among the services of a simulation.
/// </summary>
public sealed class StorageFaults
{
    private readonly FaultOptions _options;
    private readonly TimeProvider _time;
    private readonly TaskScheduler _world;
    private readonly FaultLog _log;
    private readonly SeededRandom _failures;
    private readonly SeededRandom _delays;
    private readonly SeededRandom _unknowns;
    private bool _stopped;

    internal StorageFaults(SimulationOptions options, TimeProvider time, TaskScheduler world, FaultLog log)
    {
        _options = options.Faults ?? new();
        _time = time;
        _world = world;
        _log = log;
        _failures = FaultStreams.StorageFailures.Of(options.Seed);
        _delays = FaultStreams.StorageDelays.Of(options.Seed);
        _unknowns = FaultStreams.StorageUnknowns.Of(options.Seed);
        _stopped = !_options.AnyOfStorage;
    }

    /// <summary>Runs an operation that changes nothing. It may fail or take time.</summary>
    /// <param name="target">What it is, for traces.</param>
    /// <param name="read">Runs at most once.</param>
    /// <exception cref="SimulatedStorageException">It was drawn to fail.</exception>
    public Task<T> Read<T>(string target, Func<Task<T>> read) => Run(target, read, changes: false);

    /// <summary>
    /// Runs an operation that changes the store. It may fail, take time, or be done or not without the caller being told. A
    /// delayed one is on its way: it is done even if the activation that asked for it is killed meanwhile.
    /// </summary>
    /// <inheritdoc cref="Read"/>
    public Task<T> Write<T>(string target, Func<Task<T>> write) => Run(target, write, changes: true);

    internal void Stop() => _stopped = true;

    private Task<T> Run<T>(string target, Func<Task<T>> operation, bool changes)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (_stopped)
        {
            return operation();
        }

        // Each stream draws once per operation and chance, whatever the others say.
        bool fails = Hits(_failures, _options.StorageFailurePercent);
        bool late = Hits(_delays, _options.StorageDelayPercent);
        bool unknown = changes && Hits(_unknowns, _options.StorageUnknownPercent);
        Func<Task<T>> outcome = fails ? () => Fail(target, operation)
            : unknown ? Unknown(target, operation)
            : operation;
        return late ? Delay(target, outcome) : outcome();
    }

    private static bool Hits(SeededRandom choices, double percent) => percent > 0 && choices.NextDouble() * 100 < percent;

    // One that was delayed may come when faults have stopped: then it is done.
    private Task<T> Fail<T>(string target, Func<Task<T>> operation)
    {
        if (_stopped)
        {
            return operation();
        }

        _log.Add(FaultKind.StorageFailure, target);
        return Task.FromException<T>(new SimulatedStorageException($"The simulated store failed: {target}.", null));
    }

    private Func<Task<T>> Unknown<T>(string target, Func<Task<T>> operation)
    {
        bool isDone = _unknowns.Below(2) == 1;
        return async () =>
        {
            if (_stopped)
            {
                return await operation();
            }

            _log.Add(isDone ? FaultKind.StorageDoneUnknown : FaultKind.StorageUndoneUnknown, target);
            Exception? refusal = null;
            try
            {
                _ = isDone ? await operation() : default;
            }
            catch (Exception error)
            {
                // The store refused, and that answer is lost too.
                refusal = error;
            }

            throw new SimulatedStorageException($"The simulated store did not say whether it was done: {target}.", refusal);
        };
    }

    private Task<T> Delay<T>(string target, Func<Task<T>> operation)
    {
        _log.Add(FaultKind.StorageDelay, target);
        TimeSpan delay = TimeSpan.FromMilliseconds(_delays.NextInt64((long)_options.StorageDelay.TotalMilliseconds + 1));
        bool isAnswerLate = _delays.Below(2) == 1;
        return Await();

        // Apart from the caller's turns, so that it goes on without the caller.
        async Task<T> Await() => await await Task.Factory.StartNew(Late, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _world);

        async Task<T> Late()
        {
            if (isAnswerLate)
            {
                T result = await operation();
                await Task.Delay(delay, _time);
                return result;
            }

            await Task.Delay(delay, _time);
            return await operation();
        }
    }
}
