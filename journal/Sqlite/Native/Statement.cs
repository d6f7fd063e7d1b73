using System.Text;
using SQLitePCL;

namespace RoutingGrid.Journal.Sqlite.Native;

/// <summary>A prepared statement. Parameters count from 1, columns from 0, as in SQLite.</summary>
internal sealed unsafe class Statement(Database database, sqlite3_stmt handle, string sql) : IDisposable
{
    private const int Slots = 8;
    private const int SlotSize = 96;
    private readonly nint _handle = handle.DangerousGetHandle();

    // Short texts stay here, each parameter's at its place, so that SQLite need not allocate a copy of each.
    private byte[]? _slots;

    internal void Bind(int parameter, long value) => Check(Sqlite3.BindNumber(_handle, parameter, value));

    internal void BindNull(int parameter) => Check(raw.sqlite3_bind_null(handle, parameter));

    /// <summary>Text that is UTF-8 already, and stays where it is and as it is until the statement has run: nothing is copied.</summary>
    internal void BindUtf8InPlace(int parameter, ReadOnlySpan<byte> pinned)
    {
        if (pinned.IsEmpty)
        {
            BindUtf8(parameter, pinned);
            return;
        }
        fixed (byte* bytes = pinned) Check(Sqlite3.BindText(_handle, parameter, bytes, pinned.Length, Sqlite3.InPlace));
    }

    /// <summary>Text that is UTF-8 already.</summary>
    internal void BindUtf8(int parameter, ReadOnlySpan<byte> text)
    {
        var slot = Slot(parameter, text.Length);
        if (text.TryCopyTo(slot)) BindSlot(parameter, slot, text.Length);
        else BindCopy(parameter, text);
    }

    internal void BindBlob(int parameter, ReadOnlySpan<byte> blob)
    {
        byte none;
        fixed (byte* bytes = blob) Check(Sqlite3.BindBlob(_handle, parameter, bytes is null ? &none : bytes, blob.Length, Sqlite3.Transient));
    }

    internal void Bind(int parameter, string text)
    {
        var slot = Slot(parameter, text.Length);
        if (Encoding.UTF8.TryGetBytes(text, slot, out var length)) BindSlot(parameter, slot, length);
        else BindCopy(parameter, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Goes to the next row; false after the last one, and then the statement is ready for another time.</summary>
    internal bool Step()
    {
        var code = Sqlite3.Step(_handle);
        if (code == raw.SQLITE_ROW) return true;
        Sqlite3.Reset(_handle);
        if (code != raw.SQLITE_DONE) Check(code);
        return false;
    }

    /// <summary>Runs a statement that answers no rows.</summary>
    internal void Run() => Step();

    /// <summary>Leaves rows unread. Needed wherever <see cref="Step"/> has not answered false: an unfinished read holds its
    /// snapshot.</summary>
    internal void Reset() => Sqlite3.Reset(_handle);

    internal long Number(int column) => Sqlite3.ColumnNumber(_handle, column);

    internal bool IsNull(int column) => Sqlite3.ColumnType(_handle, column) == raw.SQLITE_NULL;

    internal string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    /// <summary>Bytes of a text or blob; valid until the next step.</summary>
    internal ReadOnlySpan<byte> Bytes(int column)
    {
        var bytes = Sqlite3.ColumnBlob(_handle, column);
        return new ReadOnlySpan<byte>(bytes, Sqlite3.ColumnBytes(_handle, column));
    }

    public void Dispose()
    {
        database.Forget(this);
        handle.Dispose();
    }

    /// <summary>Where a parameter's text may stay; nothing where it has no place, or too little.</summary>
    private Span<byte> Slot(int parameter, int least)
    {
        if (parameter > Slots || least > SlotSize) return default;
        _slots ??= GC.AllocateUninitializedArray<byte>(Slots * SlotSize, pinned: true);
        return _slots.AsSpan((parameter - 1) * SlotSize, SlotSize);
    }

    private void BindSlot(int parameter, Span<byte> slot, int length)
    {
        // It does not move. Where there is no slot the text is empty, and a null pointer would be bound as NULL.
        byte none;
        fixed (byte* bytes = slot) Check(Sqlite3.BindText(_handle, parameter, bytes is null ? &none : bytes, length, bytes is null ? Sqlite3.Transient : Sqlite3.InPlace));
    }

    private void BindCopy(int parameter, ReadOnlySpan<byte> text)
    {
        byte none;
        fixed (byte* bytes = text) Check(Sqlite3.BindText(_handle, parameter, bytes is null ? &none : bytes, text.Length, Sqlite3.Transient));
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) database.Check(code, sql);
    }
}
