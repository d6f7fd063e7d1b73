using System.Text;

namespace RoutingGrid.Journal.Codec;

/// <summary>Enum values as they stand in tables: by name, so that a value added in the middle changes no stored row.</summary>
internal static class Names<T> where T : struct, Enum
{
    private static readonly T[] Values = Enum.GetValues<T>();
    private static readonly string[] Texts = [.. Values.Select(value => value.ToString())];
    private static readonly byte[][] Bytes = [.. Texts.Select(Encoding.UTF8.GetBytes)];

    internal static ReadOnlySpan<byte> Utf8(T value) => Bytes[Array.IndexOf(Values, value)];

    internal static string Text(T value) => Texts[Array.IndexOf(Values, value)];

    /// <exception cref="JournalUnusableException">This version knows no such value.</exception>
    internal static T Parse(ReadOnlySpan<byte> utf8)
    {
        for (var i = 0; i < Bytes.Length; i++)
            if (utf8.SequenceEqual(Bytes[i])) return Values[i];
        throw new JournalUnusableException(
            $"The journal has a {typeof(T).Name} '{Encoding.UTF8.GetString(utf8)}' that this version does not know. Use the version that wrote it, or a newer one.");
    }
}
