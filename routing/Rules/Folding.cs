using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace RoutingGrid.Routing.Rules;

/// <summary>Text without case and accents, so that <c>Avería</c>, <c>AVERIA</c> and <c>averia</c> are one word.</summary>
/// <remarks>The same on every machine: by a table of Latin letters, because without ICU .NET does not decompose characters.</remarks>
public static class Folding
{
    /// <summary>A letter, and what folds to it. From the canonical decompositions of the Unicode character database, and a few
    /// letters with a stroke, which it does not decompose.</summary>
    private static readonly string[] Rows =
    [
        "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ",
        "bḃḅḇ",
        "cçćĉċčḉ",
        "dďđḋḍḏḑḓ",
        "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ",
        "fḟ",
        "gĝğġģǧǵḡ",
        "hĥħȟḣḥḧḩḫẖ",
        "iİìíîïĩīĭįıǐȉȋḭḯỉị",
        "jĵǰ",
        "kķǩḱḳḵ",
        "lĺļľłḷḹḻḽ",
        "mḿṁṃ",
        "nñńņňǹṅṇṉṋ",
        "oòóôõöøōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ",
        "pṕṗ",
        "rŕŗřȑȓṙṛṝṟ",
        "sśŝşšșṡṣṥṧṩ",
        "tţťŧțṫṭṯṱẗ",
        "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự",
        "vṽṿ",
        "wŵẁẃẅẇẉẘ",
        "xẋẍ",
        "yýÿŷȳẏẙỳỵỷỹ",
        "zźżžẑẓẕ",
    ];

    private static readonly FrozenDictionary<char, string> Table = Rows
        .SelectMany(row => row.Skip(1).Select(c => KeyValuePair.Create(c, row[..1])))
        .Concat([new('ß', "ss"), new('æ', "ae"), new('œ', "oe"), new('þ', "th")])
        .ToFrozenDictionary();

    public static string Fold(string text)
    {
        var lower = text.ToLowerInvariant();
        if (Ascii.IsValid(lower)) return lower;
        var folded = new StringBuilder(lower.Length);
        foreach (var c in lower)
        {
            if (c < 128) folded.Append(c);
            else if (Table.TryGetValue(c, out var plain)) folded.Append(plain);
            // An accent on its own, as some keyboards and networks send them.
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) folded.Append(c);
        }
        return folded.ToString();
    }
}
