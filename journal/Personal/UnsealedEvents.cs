using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Journal.Personal;

/// <summary>Slices that were written before there were keys, or when nobody knew whose their personal data was.</summary>
internal static class UnsealedEvents
{
    /// <summary>Such a slice without its personal data; null where it has none, or is sealed.</summary>
    internal static byte[]? Without(ReadOnlySpan<byte> json, string pseudonym)
    {
        if (SealedEvents.KeyOf(json) is not null) return null;
        var events = new List<DomainEvent>();
        EventCodec.ReadMany(json, events);
        if (!events.Exists(PersonalData.IsIn)) return null;
        using var buffer = PooledBuffer.Rent();
        var writer = buffer.Json();
        EventCodec.WriteMany(writer, events.ConvertAll(happened => PersonalData.Remove(happened, pseudonym)).ToArray());
        writer.Flush();
        return buffer.Written.ToArray();
    }
}
