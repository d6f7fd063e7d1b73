namespace RoutingGrid.Journal;

/// <summary>Under which names in <see cref="IJournal.Documents"/> grains keep what they folded their streams to. A cache: whoever deletes
/// one loses nothing but time.</summary>
public static class SnapshotDocuments
{
    /// <summary>The collection of customers' snapshots. They have personal data, so that an erasure deletes the customer's, in the transaction in which
    /// it destroys the key.</summary>
    public const string Customer = "snapshot/customer";

    public const string Workspace = "snapshot/workspace";

    public const string Access = "snapshot/access";

    /// <summary>A customer's key within <see cref="Customer"/>.</summary>
    public static string CustomerKey(string workspace, string customerId) => $"{workspace}/{customerId}";
}
