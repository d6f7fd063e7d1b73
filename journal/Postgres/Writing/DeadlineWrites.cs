using Npgsql;
using RoutingGrid.Journal.Codec;
using RoutingGrid.Routing.Cases;

namespace RoutingGrid.Journal.Postgres.Writing;

/// <summary>What a group writes of deadlines. Those of offers, which come and go with each case, have a table of their own (<c>offer_deadline</c>).</summary>
internal sealed class DeadlineWrites
{
    private readonly Columns _removed = new();
    private readonly Columns _put = new();
    private readonly Columns _removedOffers = new();
    private readonly Columns _offers = new();

    internal void Add(GroupStream stream, GroupDeadline deadline)
    {
        if (!deadline.IsThere && stream.IsNew) return;
        if (deadline.Kind == DeadlineKind.OfferExpires)
        {
            var offers = deadline.IsThere ? _offers : _removedOffers;
            offers.Add(deadline.Shard, deadline.DueAt!.Value.UtcTicks, stream.Id);
            offers.Words(deadline.Key);
            return;
        }
        var into = deadline.IsThere ? _put : _removed;
        if (deadline.IsThere) into.Add(stream.Id, deadline.Shard, deadline.DueAt!.Value.UtcTicks);
        else into.Add(stream.Id);
        into.Words(Names<DeadlineKind>.Text(deadline.Kind), deadline.Key);
    }

    internal void AddTo(NpgsqlBatch batch)
    {
        if (_removed.Any) batch.Add(Sql.RemoveDeadlines, _removed[0], _removed.Word(0), _removed.Word(1));
        if (_put.Any) batch.Add(Sql.PutDeadlines, _put[0], _put.Word(0), _put.Word(1), _put[1], _put[2]);
        if (_removedOffers.Any) batch.Add(Sql.RemoveOffers, _removedOffers[0], _removedOffers[1], _removedOffers[2], _removedOffers.Word(0));
        if (_offers.Any) batch.Add(Sql.AddOffers, _offers[0], _offers[1], _offers[2], _offers.Word(0));
    }
}
