using RoutingGrid.Journal.Sqlite.Writing;

namespace RoutingGrid.Journal.Tests.Sqlite;

public sealed class WriteQueueTests
{
    [Fact]
    public void What_must_be_alone_shares_its_group_with_nothing()
    {
        var queue = new WriteQueue(100);
        Item[] items = [new(), new(), new(isAlone: true), new(isAlone: true), new(), new()];
        foreach (var item in items) Assert.True(queue.TryAdd(item));
        Assert.Equal([items[0], items[1]], queue.Take(100, 100));
        Assert.Equal([items[2]], queue.TryTake(100, 100));
        Assert.Equal([items[3]], queue.TryTake(100, 100));
        Assert.Equal([items[4], items[5]], queue.TryTake(100, 100));
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void A_group_ends_at_the_number_or_the_size()
    {
        var queue = new WriteQueue(100);
        for (var number = 0; number < 6; number++) queue.TryAdd(new Item());
        Assert.Equal(2, queue.TryTake(2, 100)!.Count);
        Assert.Equal(3, queue.TryTake(100, 21)!.Count);
        Assert.Single(queue.TryTake(100, 100)!);
        Assert.Null(queue.TryTake(100, 100));
    }

    private sealed class Item(bool isAlone = false) : WriteItem
    {
        internal override int Size => 10;

        internal override bool IsAlone => isAlone;

        internal override void Run(WriterSession session) => throw new NotSupportedException();

        internal override void Complete() => throw new NotSupportedException();

        internal override void Refuse(TimeSpan retryAfter, string reason) => throw new NotSupportedException();

        internal override void Fail(Exception exception) => throw new NotSupportedException();
    }
}
