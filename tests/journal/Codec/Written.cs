using System.Text;
using System.Text.Json;
using RoutingGrid.Journal.Codec;

namespace RoutingGrid.Journal.Tests.Codec;

/// <summary>What the journal's writer makes of something.</summary>
internal static class Written
{
    internal static string By(Action<Utf8JsonWriter> write)
    {
        using var buffer = PooledBuffer.Rent();
        var json = buffer.Json();
        write(json);
        json.Flush();
        return Encoding.UTF8.GetString(buffer.Written);
    }
}
