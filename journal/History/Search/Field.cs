using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.History.Search;

/// <summary>What is kept of each case in columns. The numbers are stored.</summary>
internal enum Field { State = 0, Channel = 1, Account = 2, Queue = 3, Rating = 4, Reason = 5, LastHolder = 6, Created = 7, Closed = 8 }

/// <summary>What texts of fields are about, as they are numbered.</summary>
internal enum NameKind { Workspace = 0, Channel = 1, Account = 2, Queue = 3, Reason = 4, Agent = 5 }

/// <summary>A thousand cases in the order of their numbers, and what their columns have: numbers for names, ticks for times. Zero: nothing.</summary>
internal static class Block
{
    /// <summary>Cases in a block. Fixed, since blocks are stored.</summary>
    internal const int Size = 1000;

    /// <summary>Bytes of a bit per case.</summary>
    internal const int BitBytes = 128;

    internal static int State(CaseState state) => ((int)state.Status * 8) + (int)state.Shown;

    internal static int Rating(Rating? rating) => rating is { } given ? (int)given + 1 : 0;
}
