using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RoutingGrid.Routing.Agents;
using RoutingGrid.Routing.Cases;
using RoutingGrid.Routing.Configuration;
using RoutingGrid.Routing.Customers;

namespace RoutingGrid.Journal.Codec;

/// <summary>States as compact UTF-8 JSON, for rows and snapshots. Same text in every process for the same state.</summary>
/// <remarks>Knows <see cref="CaseState"/>, <see cref="AgentState"/>, <see cref="CustomerState"/> and
/// <see cref="WorkspaceConfiguration"/>.</remarks>
public static class StateCodec
{
    public static byte[] ToUtf8<T>(T state) where T : class => JsonSerializer.SerializeToUtf8Bytes(state, Info<T>.Json);

    public static void Write<T>(Utf8JsonWriter writer, T state) where T : class
    {
        if (state is CaseState ofCase) CaseStateJson.Write(writer, ofCase);
        else JsonSerializer.Serialize(writer, state, Info<T>.Json);
    }

    /// <exception cref="JsonException">The text is not such a state. Who keeps snapshots reads the events instead.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json) where T : class =>
        JsonSerializer.Deserialize(json, Info<T>.Json) ?? throw new JsonException($"A {typeof(T).Name} is expected, not null.");

    /// <summary>Reads what a table of the journal has.</summary>
    /// <exception cref="JournalUnusableException">The text is not such a state.</exception>
    internal static T ReadRow<T>(ReadOnlySpan<byte> json) where T : class
    {
        try
        {
            return Read<T>(json);
        }
        catch (JsonException e)
        {
            throw new JournalUnusableException(
                $"A row of the read model is no {typeof(T).Name}: {e.Message} Restore the journal from a backup.", e);
        }
    }

    private static class Info<T>
    {
        internal static readonly JsonTypeInfo<T> Json = (JsonTypeInfo<T>)JournalJson.Options.GetTypeInfo(typeof(T));
    }
}
