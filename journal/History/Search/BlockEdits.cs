using System.Runtime.InteropServices;

namespace RoutingGrid.Journal.History.Search;

/// <summary>A column of a block of a workspace.</summary>
internal readonly record struct FieldBlock(int Workspace, Field Field, long Number);

/// <summary>Which cases of a block an agent ever held.</summary>
internal readonly record struct HeldBlock(int Workspace, int Agent, long Number);

/// <summary>What a batch changes in blocks: first what must be loaded is known, then it is changed, then what is another than before is stored.</summary>
internal sealed class BlockEdits
{
    private readonly Dictionary<FieldBlock, List<(int Slot, long Value)>> _fields = [];
    private readonly Dictionary<HeldBlock, List<(int Slot, bool Held)>> _held = [];

    internal IReadOnlyCollection<FieldBlock> Fields => _fields.Keys;

    internal IReadOnlyCollection<HeldBlock> Held => _held.Keys;

    internal void Set(CaseNumber id, Field field, long value) => List(_fields, new FieldBlock(id.Workspace, field, id.Block)).Add((id.Slot, value));

    internal void Hold(CaseNumber id, int agent, bool holds = true) => List(_held, new HeldBlock(id.Workspace, agent, id.Block)).Add((id.Slot, holds));

    /// <summary>The block as it must be stored; null where it is so already.</summary>
    /// <param name="stored">Null: there is none.</param>
    internal byte[]? Changed(FieldBlock block, byte[]? stored)
    {
        var edits = _fields[block];
        if (stored is not null && edits.TrueForAll(edit => Column.At(stored, edit.Slot) == edit.Value)) return null;
        var values = stored is null ? new long[Block.Size] : Column.Decode(stored);
        foreach (var (slot, value) in edits) values[slot] = value;
        return Column.Encode(values);
    }

    /// <inheritdoc cref="Changed(FieldBlock, byte[])"/>
    internal byte[]? Changed(HeldBlock block, byte[]? stored)
    {
        var changed = stored is null ? new byte[Block.BitBytes] : (byte[])stored.Clone();
        foreach (var (slot, held) in _held[block])
        {
            var bit = (byte)(1 << (slot & 7));
            changed[slot >> 3] = held ? (byte)(changed[slot >> 3] | bit) : (byte)(changed[slot >> 3] & ~bit);
        }
        return stored is not null && changed.AsSpan().SequenceEqual(stored) ? null : changed;
    }

    private static List<T> List<TKey, T>(Dictionary<TKey, List<T>> lists, TKey key) where TKey : notnull
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, key, out _);
        return list ??= [];
    }
}
