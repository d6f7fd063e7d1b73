using System.Security.Cryptography;
using System.Text;

namespace RoutingGrid.Routing.Cases;

/// <summary>Ids of cases: the same customer's n-th case has the same id wherever and however often it is made, so that a retry
/// after a crash finds the case of the first try.</summary>
public static class CaseIds
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary><c>c</c> and 16 characters of Crockford's base 32: 80 bits of SHA-256 over workspace, customer and number.</summary>
    public static string For(string workspace, string customerId, int number)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{workspace}\0{customerId}\0{number}"), hash);
        Span<char> id = stackalloc char[17];
        id[0] = 'c';
        for (var i = 0; i < 16; i++)
        {
            var bit = i * 5;
            var pair = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
            id[i + 1] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }
        return new string(id);
    }
}
