using System.Collections.Immutable;
using System.Text;
using RoutingGrid.Api.Problems;

namespace RoutingGrid.Api.Requests;

/// <summary>A request that knows what is acceptable in it. Checked before its handler runs.</summary>
internal interface IChecked
{
    void Check(Checks checks);
}

/// <summary>Collects what is not acceptable in a request.</summary>
internal sealed class Checks
{
    public const int LongestId = 200;

    /// <summary>The longest text of a message or an answer, in UTF-8 bytes.</summary>
    public const int LongestText = 64 * 1024;

    private readonly ImmutableArray<FieldError>.Builder _errors = ImmutableArray.CreateBuilder<FieldError>();

    public Problem? Problem => _errors.Count == 0 ? null : Problem.Invalid(_errors.ToImmutable());

    public void Fail(string path, string code, string message) => _errors.Add(new FieldError(path, code, message));

    /// <summary>A name that is part of keys: 1 to 200 characters, none of them invisible.</summary>
    public void Id(string path, string? value)
    {
        if (value is null) return;
        if (value.Length == 0) Fail(path, "empty", "must not be empty.");
        else if (value.Length > LongestId) Fail(path, "tooLong", $"has {value.Length} characters; at most {LongestId} are taken.");
        else if (!IsSafe(value)) Fail(path, "unsafeCharacters", "must not have control characters, spaces at an end, halves of characters, or '%2F'.");
    }

    /// <summary>An id that is joined to others with a colon, or stands before a slash.</summary>
    public void PlainId(string path, string? value)
    {
        Id(path, value);
        if (value?.AsSpan().IndexOfAny('/', ':') >= 0) Fail(path, "unsafeCharacters", "must not have a slash or a colon.");
    }

    public void Text(string path, string? value, int longest = LongestText, bool mayBeEmpty = false)
    {
        if (value is null) return;
        if (value.Length == 0 && !mayBeEmpty) Fail(path, "empty", "must not be empty.");
        else if (Encoding.UTF8.GetByteCount(value) is var size && size > longest) Fail(path, "tooLong", $"has {size} bytes; at most {longest} are taken.");
        else if (value.Contains('\0')) Fail(path, "unsafeCharacters", "must not have the character U+0000.");
        else if (!IsWellFormed(value)) Fail(path, "unsafeCharacters", "must not have halves of characters (lone surrogates).");
    }

    public void Range(string path, double value, double from, double to)
    {
        if (!(value >= from && value <= to)) Fail(path, "outOfRange", $"must be from {from} to {to}.");
    }

    private static bool IsSafe(string value)
    {
        foreach (var c in value)
            if (char.IsControl(c)) return false;
        // Paths keep an encoded slash apart from a plain one only as this text, so it cannot be part of an id itself.
        return !value.Contains("%2f", StringComparison.OrdinalIgnoreCase)
            && !char.IsWhiteSpace(value[0]) && !char.IsWhiteSpace(value[^1]) && IsWellFormed(value);
    }

    private static bool IsWellFormed(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i])) continue;
            if (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[i + 1])) return false;
            i++;
        }
        return true;
    }
}
