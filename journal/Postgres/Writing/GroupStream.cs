using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>A stream, and the case or agent that it is about: what is remembered of it, and while something about it is under way, what the group makes of it that has it.</summary>
internal sealed class GroupStream(StreamId name)
{
    internal StreamId Name { get; } = name;

    /// <summary>The lane that it is in, how many appends about it are there, taken ones included, and how many wait aside: the queues'.</summary>
    internal int Lane { get; set; }
    internal int InLane { get; set; }
    internal int Aside { get; set; }

    /// <summary>The group that has it.</summary>
    internal GroupPlan? Group { get; set; }

    /// <summary>The number of its row; of a new one, the number that it gets.</summary>
    internal long Id { get; set; }

    internal int Workspace { get; set; }

    /// <summary>An append of the group expects that there is none.</summary>
    internal bool IsExpectedNew { get; set; }

    /// <summary>The tables have no row of it, as far as is known.</summary>
    internal bool IsNew { get; set; }

    /// <summary>Its version is known for sure, so that it need not be locked.</summary>
    internal bool IsSure { get; private set; }

    /// <summary>The case has a row, for sure.</summary>
    internal bool HasRow { get; private set; }

    /// <summary>What the row says, and what it will say. Null: not known.</summary>
    internal CaseFacts? Facts { get; set; }

    /// <summary>The version of the row's body.</summary>
    internal long BodyVersion { get; set; }

    /// <summary>Something is written that refers to it.</summary>
    internal bool IsUsed { get; set; }

    /// <summary>The version with what the group has written so far.</summary>
    internal long Version { get; set; }

    internal bool HasEvents { get; set; }

    /// <summary>The append with the last row that the group puts: the ones before it are never written.</summary>
    internal PendingAppend? Row { get; set; }
    internal int RowChange { get; set; }

    /// <summary>What the group last said of each deadline. Null: nothing of any.</summary>
    internal List<GroupDeadline>? Deadlines { get; set; }

    /// <summary>The last row that the group puts is a case's.</summary>
    internal bool PutsCase => Row is not null && Row.Append.Changes[RowChange] is ReadModelChange.PutCase;

    /// <summary>Back to what is known before the tables are asked.</summary>
    internal void Forget()
    {
        IsNew = IsExpectedNew;
        IsUsed = HasEvents = IsSure = HasRow = false;
        Version = 0;
        (Row, Facts, Deadlines) = (null, null, null);
    }

    /// <summary>Nothing about it is under way any more.</summary>
    internal void Rest() => (Group, Row, Facts, Deadlines) = (null, null, null, null);

    /// <summary>Where what becomes of it is remembered, if that was not forgotten since. Null: nowhere yet.</summary>
    internal KnownStream? Known { get; set; }

    /// <summary>What is remembered. The version is used where it is known.</summary>
    internal void Learn(KnownStream known)
    {
        (Known, Id, IsNew) = (known, known.Id, false);
        if (known.Version == KnownStream.Unknown) return;
        (IsSure, HasRow, Version, Facts, BodyVersion) = (true, known.Facts is not null, known.Version, known.Facts, known.BodyVersion);
    }

    /// <summary>What became of it, for the next group.</summary>
    internal void Tell(KnownStream known)
    {
        var isOpen = PutsCase ? Facts!.Open : IsSure;
        (known.Facts, known.BodyVersion) = (isOpen ? Facts : null, BodyVersion);
        known.Version = Name.Kind != StreamKind.Case || isOpen ? Version : KnownStream.Unknown;
    }

    internal void Set(GroupDeadline deadline)
    {
        Deadlines ??= [];
        for (var i = 0; i < Deadlines.Count; i++)
        {
            if (!Deadlines[i].IsOf(deadline)) continue;
            Deadlines[i] = deadline;
            return;
        }
        Deadlines.Add(deadline);
    }
}

/// <summary>A deadline to write, or to remove.</summary>
/// <param name="DueAt">When it is due, or, of an offer's that is removed, was. Others are removed without.</param>
internal readonly record struct GroupDeadline(DeadlineKind Kind, string Key, int Shard, DateTimeOffset? DueAt, bool IsThere)
{
    internal static GroupDeadline Of(ReadModelChange.PutDeadline put) => new(put.Row.Kind, put.Row.Key, DeadlineRow.ShardOf(put.Row.Owner), put.Row.DueAt, true);

    internal static GroupDeadline Of(ReadModelChange.RemoveDeadline remove) => new(remove.Kind, remove.Key, DeadlineRow.ShardOf(remove.Owner), remove.DueAt, false);

    /// <summary>Whether both are about the same row. An offer's is found by its time.</summary>
    internal bool IsOf(GroupDeadline other) => Kind == other.Kind && Key == other.Key && (Kind != DeadlineKind.OfferExpires || DueAt == other.DueAt);
}
