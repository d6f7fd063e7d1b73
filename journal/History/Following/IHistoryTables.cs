namespace RoutingGrid.Journal.History.Following;

/// <summary>How far the tables have come.</summary>
/// <param name="Position">The last event that is in them.</param>
/// <param name="Mark">What that event was (<see cref="Of"/>), to notice that the journal is another one by now. Empty at the start.</param>
internal sealed record Followed(long Position, string Mark)
{
    internal static Followed Nothing { get; } = new(0, "");

    internal static Followed Of(RecordedEvent recorded) =>
        new(recorded.Position, FormattableString.Invariant($"{recorded.Stream.Kind} {recorded.Version} {recorded.Event.At.UtcTicks} {Codec.EventCodec.NameOf(recorded.Event)}"));
}

/// <summary>The tables of a history, in one store.</summary>
internal interface IHistoryTables : IAsyncDisposable
{
    ValueTask<Followed> Followed(CancellationToken cancel);

    /// <summary>Writes what follows from some steps, and how far they go, in one transaction.</summary>
    /// <returns>False: somebody else has followed meanwhile, and nothing was written.</returns>
    ValueTask<bool> Write(Followed before, Followed after, IReadOnlyList<HistoryStep> steps, CancellationToken cancel);

    /// <summary>The last file of archived cases whose cases were taken out of searches.</summary>
    ValueTask<long> Forgotten(CancellationToken cancel);

    /// <summary>Takes cases out of searches, and notes with which file they left the journal's tables.</summary>
    ValueTask Forget(IReadOnlyCollection<StreamId> cases, long file, CancellationToken cancel);

    /// <summary>Does a little of what can wait. False: nothing is left to do.</summary>
    ValueTask<bool> Tidy(CancellationToken cancel);

    /// <summary>Empties the tables: they are filled anew from the first event.</summary>
    ValueTask Clear(CancellationToken cancel);
}

/// <summary>The tables are damaged: they must be made anew.</summary>
internal sealed class HistoryDamagedException(string message, Exception inner) : Exception(message, inner);
