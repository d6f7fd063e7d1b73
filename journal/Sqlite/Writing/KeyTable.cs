using RoutingGrid.Journal.Personal;
using RoutingGrid.Journal.Sqlite.Native;

namespace RoutingGrid.Journal.Sqlite.Writing;

/// <summary>Customers' keys. They are written at once, since what they seal is no use without them.</summary>
internal sealed class KeyTable(Database database)
{
    private readonly Statement _add = database.Prepare("INSERT INTO personal_key (id, customer, key) VALUES (?, ?, ?)");
    private readonly Statement _find = database.Prepare("SELECT 1 FROM personal_key WHERE id = ? AND key IS NOT NULL");
    private readonly Statement _destroy = database.Prepare("UPDATE personal_key SET key = NULL, pseudonym = ? WHERE customer = ?");

    internal void Add(KnownStream customer, PersonalKey key)
    {
        _add.Bind(1, key.Id);
        _add.Bind(2, customer.Id);
        _add.BindBlob(3, key.Bytes);
        _add.Run();
        customer.Key = key.Id;
    }

    /// <param name="customer">Whose it is; null: they are not remembered.</param>
    internal bool Has(KnownStream? customer, PersonalKey key)
    {
        if (customer?.Key == key.Id) return true;
        _find.Bind(1, key.Id);
        var found = _find.Step();
        if (found) _find.Reset();
        return found;
    }

    internal void Destroy(KnownStream customer, string pseudonym)
    {
        _destroy.Bind(1, pseudonym);
        _destroy.Bind(2, customer.Id);
        _destroy.Run();
        customer.Key = 0;
    }
}
