using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal;

/// <summary>What every store demands of an append before it looks at its own contents.</summary>
internal static class AppendRules
{
    internal static void Check(Append append)
    {
        if (append.Streams.IsDefault || append.Changes.IsDefault || append.Claims.IsDefault)
            throw new ArgumentException(
                "An append names its streams, changes and claims; use empty arrays where there are none.", nameof(append));
        for (var i = 0; i < append.Streams.Length; i++)
        {
            var stream = append.Streams[i];
            if (stream.Events.IsDefault) throw new ArgumentException($"The events of {stream.Stream} are not set.", nameof(append));
            ArgumentOutOfRangeException.ThrowIfNegative(stream.ExpectedVersion);
            for (var j = 0; j < i; j++)
            {
                if (append.Streams[j].Stream == stream.Stream)
                    throw new ArgumentException($"An append names {stream.Stream} twice; put all its events into one.", nameof(append));
            }
        }
        foreach (var change in append.Changes)
        {
            if (change is ReadModelChange.RemoveDeadline { Kind: DeadlineKind.OfferExpires, DueAt: null } removed)
                throw new ArgumentException($"The deadline of offer {removed.Key} is to be removed, and it is not said when it was due.", nameof(append));
        }
        if (append.Erasure is { } erasure) Check(append, erasure);
        for (var i = 1; i < append.Claims.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (append.Claims[j].Key == append.Claims[i].Key)
                    throw new ArgumentException($"An append claims '{append.Claims[i].Key}' twice.", nameof(append));
            }
        }
    }

    private static void Check(Append append, Erasure erasure)
    {
        ArgumentException.ThrowIfNullOrEmpty(erasure.Pseudonym, nameof(append));
        if (erasure.Claims.IsDefault) throw new ArgumentException("The claims of an erasure are not set.", nameof(append));
        if (!append.Streams.Any(stream => stream.Stream == erasure.Customer && stream is { ExpectedVersion: > 0, Events.IsEmpty: false }))
            throw new ArgumentException($"An erasure of {erasure.Customer} has an event on that stream, which is there already.", nameof(append));
    }
}
