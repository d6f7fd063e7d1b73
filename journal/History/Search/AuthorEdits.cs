using System.Runtime.InteropServices;
using System.Text;

namespace RoutingGrid.Journal.History.Search;

/// <summary>What a batch changes in the words of authors, as <see cref="BlockEdits"/> does in columns.</summary>
internal sealed class AuthorEdits
{
    private readonly Dictionary<AuthorBlock, Edit> _blocks = [];

    internal IReadOnlyCollection<AuthorBlock> Blocks => _blocks.Keys;

    /// <param name="isNew">It had no author before: nothing must be taken out.</param>
    internal void Set(CaseNumber id, string words, bool isNew)
    {
        if (!isNew)
            for (var letter = 0; letter < AuthorBlock.Letters; letter++) Of(id, letter).Gone.Add(id.Slot);
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Of(id, AuthorBlock.LetterOf(word)).Added.Add((word, id.Slot));
    }

    /// <inheritdoc cref="BlockEdits.Changed(FieldBlock, byte[])"/>
    internal byte[]? Changed(AuthorBlock block, byte[]? stored)
    {
        var edit = _blocks[block];
        if (stored is null && edit.Added.Count == 0) return null;
        var words = stored is null ? AuthorWords.Empty() : AuthorWords.Decode(stored);
        if (edit.Gone.Count > 0)
        {
            foreach (var (word, slots) in words.ToArray())
                if (slots.RemoveAll(edit.Gone.Contains) > 0 && slots.Count == 0) words.Remove(word);
        }
        foreach (var (word, slot) in edit.Added)
        {
            var bytes = Encoding.UTF8.GetBytes(word);
            if (!words.TryGetValue(bytes, out var slots)) words.Add(bytes, slots = []);
            if (!slots.Contains(slot)) slots.Add(slot);
        }
        var changed = AuthorWords.Encode(words);
        return stored is not null && changed.AsSpan().SequenceEqual(stored) ? null : changed;
    }

    private Edit Of(CaseNumber id, int letter)
    {
        ref var edit = ref CollectionsMarshal.GetValueRefOrAddDefault(_blocks, new AuthorBlock(id.Workspace, letter, id.Block), out _);
        return edit ??= new Edit([], []);
    }

    private sealed record Edit(HashSet<int> Gone, List<(string Word, int Slot)> Added);
}
