using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RoutingGrid.Journal.Personal;

/// <summary>A claim of an erased customer: it goes on to be taken, so that what is delivered late is not taken for new, and nobody can read what its key was.</summary>
internal static class ErasedClaim
{
    internal const string Prefix = "erased/";

    /// <summary>128 bits of SHA-256 of the key.</summary>
    internal static string KeyOf(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return Prefix + Base64Url.EncodeToString(hash[..16]);
    }
}
