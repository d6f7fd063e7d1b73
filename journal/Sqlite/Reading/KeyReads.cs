using RoutingGrid.Journal.Personal;

namespace RoutingGrid.Journal.Sqlite.Reading;

/// <summary>Customers' keys, for who reads.</summary>
internal static class KeyReads
{
    internal const string ById = "SELECT key, pseudonym FROM personal_key WHERE id = ?";

    internal static ReadingKeys Of(Reader reader) => new(id => Find(reader[ById], id));

    internal static StoredKey? Find(Native.Statement byId, long id)
    {
        byId.Bind(1, id);
        return Reader.First(byId, static row => row.IsNull(0) ? new StoredKey(null, row.Text(1)) : new StoredKey(row.Bytes(0).ToArray(), ""));
    }
}
