namespace RoutingGrid.Journal.History.Search;

/// <summary>A case's number: its workspace's in the upper bits, then its place among the workspace's cases in the order in which they came up. Newest first is the order of one integer.</summary>
internal readonly record struct CaseNumber(long Value)
{
    private const int PlaceBits = 36;
    private const long PlaceMask = (1L << PlaceBits) - 1;

    internal CaseNumber(int workspace, long place) : this(((long)workspace << PlaceBits) | place) { }

    internal int Workspace => (int)(Value >> PlaceBits);

    internal long Place => Value & PlaceMask;

    internal long Block => Place / Search.Block.Size;

    internal int Slot => (int)(Place % Search.Block.Size);

    internal static long Of(AuthorBlock block) => ((long)block.Workspace << PlaceBits) | ((long)block.Letter << 28) | block.Number;

    /// <summary>A block's column in one integer, next to the same column of the block before it.</summary>
    internal static long Of(FieldBlock block) => ((long)block.Workspace << PlaceBits) | ((long)block.Field << 28) | block.Number;
}
