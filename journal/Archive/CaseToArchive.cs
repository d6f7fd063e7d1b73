using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Journal.Personal;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Archive;

/// <summary>A closed case as the tables have it.</summary>
/// <param name="After">The version up to which it is in files already.</param>
internal sealed record CaseToArchive(StreamId Stream, long Number, CaseState State, long After, ImmutableArray<StoredSlice> Slices)
{
    /// <summary>A key that was made to seal what was written before there were keys; null: all was sealed already.</summary>
    internal PersonalKey? Key { get; private init; }

    internal long First => Slices[0].Position;

    internal long Position => Slices[^1].Position;

    internal DateTimeOffset ClosedAt => State.ClosedAt!.Value;

    /// <summary>Whether its time has come. Deadlines in the tables are asked of the tables.</summary>
    internal static bool IsDue(CaseState state, ArchiveOrder order) =>
        state is { Status: CaseStatus.Closed, ClosedAt: { } closed } && closed < order.ClosedBefore
        && (state.ReopenUntil is not { } until || until <= order.Now) && CaseDeadlines.Of(state).IsEmpty;

    /// <summary>Why it must stay in the tables: what is damaged is not moved to where nobody looks for it. Null: nothing speaks against it.</summary>
    /// <param name="checksum">How this store makes a slice's checksum.</param>
    internal string? WhyNot(Func<StoredSlice, long> checksum)
    {
        var version = After;
        foreach (var slice in Slices)
        {
            if (slice.Checksum is { } written && written != checksum(slice)) return $"the events at position {slice.Position} are damaged";
            var events = Count(slice.Events.Span);
            if (events == 0) return $"the events at position {slice.Position} are no JSON";
            if (slice.Version - events != version) return $"its events go on from version {slice.Version - events} and had {version}";
            version = slice.Version;
        }
        return version == State.Version ? null : $"its row is at version {State.Version} and its events end at {version}";
    }

    /// <summary>The case with all of its personal data sealed: an erasure could not take it out of a file, but what is sealed is gone with its key.</summary>
    internal CaseToArchive Sealed(Func<StoredSlice, long> checksum)
    {
        if (!Slices.Any(static slice => UnsealedEvents.Without(slice.Events.Span, "") is not null)) return this;
        var key = PersonalKey.New();
        using var cipher = new AesGcm(key.Bytes, SealedEvents.TagSize);
        return this with { Key = key, Slices = [.. Slices.Select(slice => UnsealedEvents.Without(slice.Events.Span, "") is null ? slice : Seal(slice))] };

        StoredSlice Seal(StoredSlice slice)
        {
            var events = new List<DomainEvent>();
            EventCodec.ReadMany(slice.Events.Span, events);
            using var buffer = PooledBuffer.Rent();
            SealedEvents.Write(buffer, [.. events], key.Id, cipher);
            var made = slice with { Events = buffer.Written.ToArray() };
            return made with { Checksum = checksum(made) };
        }
    }

    /// <summary>Events in a slice, which has a name and a body of each, and perhaps a key's number and what is sealed with it; 0 where it is not such a text.</summary>
    internal static int Count(ReadOnlySpan<byte> slice)
    {
        try
        {
            var reader = new Utf8JsonReader(slice);
            var events = 0;
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return 0;
            for (; reader.Read() && reader.TokenType == JsonTokenType.String; events++)
            {
                reader.Read();
                reader.Skip();
            }
            if (reader.TokenType == JsonTokenType.Number && reader.Read()) reader.Read();
            return reader.TokenType == JsonTokenType.EndArray && !reader.Read() ? events : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }
}
