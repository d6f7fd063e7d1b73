using System.Runtime.InteropServices;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.History.Search;

/// <summary>What is kept of each case in columns. The numbers are stored.</summary>
internal enum Field { State = 0, Channel = 1, Account = 2, Queue = 3, Rating = 4, Reason = 5, LastHolder = 6, Created = 7, Closed = 8 }

/// <summary>What texts of fields are about, as they are numbered.</summary>
internal enum NameKind { Workspace = 0, Channel = 1, Account = 2, Queue = 3, Reason = 4, Agent = 5 }

/// <summary>A column of a thousand cases in the order of their numbers: numbers for names, ticks for times. Zero: nothing.</summary>
internal static class Block
{
    /// <summary>Cases in a block. Fixed, since blocks are stored.</summary>
    internal const int Size = 1000;

    /// <summary>Bytes of a bit per case.</summary>
    internal const int BitBytes = 128;

    internal static Field[] Fields { get; } = Enum.GetValues<Field>();

    internal static int Width(Field field) => field is Field.Created or Field.Closed ? sizeof(long) : sizeof(int);

    internal static int Bytes(Field field) => Width(field) * Size;

    internal static void Set(byte[] block, Field field, int slot, long value)
    {
        if (Width(field) == sizeof(long)) MemoryMarshal.Cast<byte, long>(block.AsSpan())[slot] = value;
        else MemoryMarshal.Cast<byte, int>(block.AsSpan())[slot] = checked((int)value);
    }

    internal static int State(CaseState state) => ((int)state.Status * 8) + (int)state.Shown;

    internal static int Rating(Rating? rating) => rating is { } given ? (int)given + 1 : 0;
}
