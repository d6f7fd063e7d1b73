using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RoutingGrid.Journal.Postgres.Migrations;

/// <summary>One step of the tables' history: a script that is embedded under its version and name. A script that was ever released is
/// never changed; a new one is added.</summary>
internal sealed record Migration(int Version, string Name, string Script)
{
    /// <summary>All of them in order, from 1 and without gaps.</summary>
    internal static IReadOnlyList<Migration> All { get; } = Load();

    /// <summary>SHA-256 of the script, whichever line ends the repository was checked out with.</summary>
    internal string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Script.ReplaceLineEndings("\n"))));

    private static Migration[] Load()
    {
        var assembly = typeof(Migration).Assembly;
        Migration[] all = [.. assembly.GetManifestResourceNames().Where(IsScript).Order(StringComparer.Ordinal).Select(Read)];
        for (var i = 0; i < all.Length; i++)
            if (all[i].Version != i + 1) throw new InvalidOperationException($"Migration {all[i].Version} ({all[i].Name}) is where {i + 1} should be.");
        return all;

        static bool IsScript(string name) => name.Length > 5 && name[4] == '-' && name.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static Migration Read(string resource)
    {
        using var reader = new StreamReader(typeof(Migration).Assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return new Migration(int.Parse(resource.AsSpan(0, 4), CultureInfo.InvariantCulture), resource[5..], reader.ReadToEnd());
    }
}
