namespace RoutingGrid.Journal.History.Search;

/// <summary>Blocks whose texts have words of their own in the index: each word is written behind its group's mark. What is asked of some cases, beginnings of words above all, then costs no more
/// than their group has, however long the history is.</summary>
internal static class Group
{
    /// <summary>Fixed, since words are stored.</summary>
    internal const int Blocks = 64;

    // Letters, one each for every store, and as good as any other. Groups that share one are told apart by the numbers of their cases.
    private const char FirstMark = '\u4E00';
    private const int Marks = 20_000;

    // So that the groups of the first workspaces share none.
    private const int BetweenWorkspaces = 7919;

    internal static char Mark(CaseNumber id) => Mark(id.Workspace, id.Block);

    internal static char Mark(Stretch stretch) => Mark(stretch.Workspace, stretch.FirstBlock);

    private static char Mark(int workspace, long block) => (char)(FirstMark + ((((long)workspace * BetweenWorkspaces) + (block / Blocks)) % Marks));
}
