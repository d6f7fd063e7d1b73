namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>What a group comes to, given what the tables say under the group's locks: each append passes or fails alone, in the order
/// in which they came, and what they say about the same row is said once.</summary>
internal sealed class GroupPlan
{
    private readonly List<GroupStream> _streams;
    private readonly Dictionary<string, string> _claims = new(StringComparer.Ordinal);
    private readonly HashSet<long> _keys = [];

    /// <param name="group">Who is about the same subject has the same object of it.</param>
    internal GroupPlan(List<PendingAppend> group)
    {
        (Group, _streams) = (group, new(group.Count));
        foreach (var append in group)
        {
            foreach (var stream in append.Streams)
            {
                if (stream.Group == this) continue;
                (stream.Group, stream.IsExpectedNew) = (this, false);
                _streams.Add(stream);
            }
            // Who expects no event yet knows the stream to be new, or will be told otherwise by the index of names.
            for (var i = 0; i < append.Append.Streams.Length; i++)
                if (append.Append.Streams[i].ExpectedVersion == 0) append.Streams[i].IsExpectedNew = true;
        }
    }

    internal List<PendingAppend> Group { get; }

    internal List<GroupStream> Streams => _streams;

    /// <summary>Keys that the group wants to claim.</summary>
    internal string[] ClaimKeys =>
        [.. Group.Where(append => append.Append.Claims.Length > 0).SelectMany(append => append.Append.Claims.Select(claim => claim.Key).Concat(append.ErasedClaims)).Distinct(StringComparer.Ordinal)];

    /// <summary>Keys that the group seals with, and that were there before.</summary>
    /// <param name="sure">The era whose keys nobody can have destroyed; null: there is none.</param>
    internal long[] PersonalKeys(int? sure)
    {
        HashSet<long>? ids = null;
        foreach (var append in Group)
        {
            var into = append.Sealing.Era == sure ? _keys : ids ??= [];
            foreach (var key in append.Sealing.Keys)
                if (!key.IsNew) into.Add(key.Key.Id);
        }
        return ids is null ? [] : [.. ids];
    }

    /// <summary>The tables have a key that was not destroyed.</summary>
    internal void HasKey(long id) => _keys.Add(id);

    /// <summary>The tables have a claim of this key.</summary>
    internal void Claimed(string key, string value) => _claims[key] = value;

    /// <summary>Before the tables are asked again.</summary>
    internal void Forget()
    {
        foreach (var stream in _streams) stream.Forget();
        _claims.Clear();
        _keys.Clear();
    }

    /// <summary>Decides, and says what to write. Versions must be known, and claims unless the write itself finds out.</summary>
    internal GroupWrite Decide(bool areClaimsKnown = true)
    {
        var write = new GroupWrite(areClaimsKnown);
        foreach (var append in Group)
        {
            append.Result = Refusal(append);
            if (append.Result is null) Pass(append, write);
        }
        write.Finish(_streams);
        return write;
    }

    private AppendResult? Refusal(PendingAppend append)
    {
        for (var i = 0; i < append.Append.Streams.Length; i++)
        {
            var (stream, actual) = (append.Append.Streams[i], append.Streams[i].Version);
            if (actual != stream.ExpectedVersion) return new AppendResult.VersionConflict(stream.Stream, stream.ExpectedVersion, actual);
        }
        for (var i = 0; i < append.Append.Claims.Length; i++)
        {
            var key = append.Append.Claims[i].Key;
            if (_claims.TryGetValue(key, out var value) || _claims.TryGetValue(append.ErasedClaims[i], out value)) return new AppendResult.ClaimTaken(key, value);
        }
        foreach (var key in append.Sealing.Keys)
            if (!key.IsNew && !_keys.Contains(key.Key.Id)) return new AppendResult.VersionConflict(key.Customer, 0, 0);
        return null;
    }

    private void Pass(PendingAppend append, GroupWrite write)
    {
        for (var i = 0; i < append.Append.Streams.Length; i++)
        {
            var (events, stream) = (append.Append.Streams[i].Events, append.Streams[i]);
            if (events.IsEmpty) continue;
            stream.Version += events.Length;
            stream.HasEvents = stream.IsUsed = true;
            write.Add(stream, events.Length, append.EventsOf(i));
        }
        for (var i = 0; i < append.Append.Claims.Length; i++)
        {
            var claim = append.Append.Claims[i];
            _claims[claim.Key] = claim.Value;
            write.Add(claim, append.ErasedClaims[i]);
        }
        foreach (var key in append.Sealing.Keys)
        {
            if (!key.IsNew) continue;
            var customer = append.Streams[Array.IndexOf(append.Subjects, key.Customer)];
            customer.IsUsed = true;
            write.Add(customer, key.Key);
        }
        for (var i = 0; i < append.Append.Changes.Length; i++) Apply(append, i);
        if (append.Append.Erasure is { } erasure) write.Add(erasure, append.Streams[Array.IndexOf(append.Subjects, erasure.Customer)], append.Streams);
        write.Passed(append);
    }

    private static void Apply(PendingAppend append, int change)
    {
        var stream = append.Streams[append.SubjectOf[change]];
        // What is not there need not be made to be removed.
        stream.IsUsed |= append.Append.Changes[change] is not ReadModelChange.RemoveDeadline;
        switch (append.Append.Changes[change])
        {
            case ReadModelChange.PutDeadline put:
                stream.Set(GroupDeadline.Of(put));
                break;
            case ReadModelChange.RemoveDeadline remove:
                stream.Set(GroupDeadline.Of(remove));
                break;
            default:
                (stream.Row, stream.RowChange) = (append, change);
                break;
        }
    }
}
