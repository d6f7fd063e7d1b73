using System.Runtime.InteropServices;

namespace RoutingGrid.Journal.Sqlite.Native;

/// <summary>The few functions of SQLite that are called for every value of every row, without the safe handles of SQLitePCL.</summary>
/// <remarks>
/// A case's life is some hundred of these calls. Through SQLitePCL they took a third of the writer's time. Those that only
/// move a value neither block nor call back, so they need no transition of the garbage collector either. Opening, preparing and
/// closing stay with SQLitePCL, which also sees to it that the library is there.
/// </remarks>
internal static unsafe partial class Sqlite3
{
    private const string Library = "e_sqlite3";

    /// <summary>Tells SQLite to copy what is bound before the call returns.</summary>
    internal const nint Transient = -1;

    /// <summary>Tells SQLite that what is bound stays where it is.</summary>
    internal const nint InPlace = 0;

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    internal static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    internal static partial int Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64"), SuppressGCTransition]
    internal static partial int BindNumber(nint statement, int parameter, long value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text"), SuppressGCTransition]
    internal static partial int BindText(nint statement, int parameter, byte* text, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob"), SuppressGCTransition]
    internal static partial int BindBlob(nint statement, int parameter, byte* bytes, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    internal static partial long ColumnNumber(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    internal static partial int ColumnType(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob")]
    internal static partial byte* ColumnBlob(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes"), SuppressGCTransition]
    internal static partial int ColumnBytes(nint statement, int column);
}
