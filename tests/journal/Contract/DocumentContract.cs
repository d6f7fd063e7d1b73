using System.Text;

namespace RoutingGrid.Journal.Tests.Contract;

public abstract class DocumentContract(IStore store) : JournalContract(store)
{
    private IDocuments Documents => Journal.Documents;

    [Fact]
    public async Task A_document_is_written_when_the_etag_is_the_current_one()
    {
        var first = await Documents.Put("snapshots", "case/1", "one"u8.ToArray(), null);
        Assert.NotNull(first);
        Assert.Null(await Documents.Put("snapshots", "case/1", "two"u8.ToArray(), null));
        Assert.Null(await Documents.Put("snapshots", "case/1", "two"u8.ToArray(), "0"));
        var second = await Documents.Put("snapshots", "case/1", "two"u8.ToArray(), first);
        Assert.NotNull(second);
        Assert.NotEqual(first, second);

        var read = await Documents.Get("snapshots", "case/1");
        Assert.Equal((second, "two"), (read!.Etag, Encoding.UTF8.GetString(read.Body.Span)));
        Assert.Null(await Documents.Get("snapshots", "case/2"));
        Assert.Null(await Documents.Get("other", "case/1"));
    }

    [Fact]
    public async Task A_document_is_deleted_when_the_etag_is_the_current_one()
    {
        Assert.False(await Documents.Delete("c", "k", null));
        var etag = await Documents.Put("c", "k", ReadOnlyMemory<byte>.Empty, null);
        Assert.False(await Documents.Delete("c", "k", "no"));
        Assert.False(await Documents.Delete("c", "k", null));
        Assert.True(await Documents.Delete("c", "k", etag));
        Assert.False(await Documents.Delete("c", "k", etag));
        Assert.Null(await Documents.Get("c", "k"));
    }

    [Fact]
    public async Task A_document_that_came_back_has_an_etag_that_nobody_had()
    {
        var first = await Documents.Put("c", "k", "x"u8.ToArray(), null);
        await Documents.Delete("c", "k", first);
        Assert.NotEqual(first, await Documents.Put("c", "k", "x"u8.ToArray(), null));
    }

    [Fact]
    public async Task A_collection_is_listed_by_key()
    {
        foreach (var key in (string[])["b", "a", "C"]) await Documents.Put("c", key, Encoding.UTF8.GetBytes(key), null);
        await Documents.Put("d", "x", ReadOnlyMemory<byte>.Empty, null);
        Assert.Equal(["C", "a", "b"], (await Documents.List("c")).Select(document => document.Key));
        Assert.Equal("a", Encoding.UTF8.GetString((await Documents.List("c"))[1].Body.Span));
        Assert.Empty(await Documents.List("never"));
    }

    [Fact]
    public async Task Of_many_who_write_at_once_one_wins()
    {
        var etag = await Documents.Put("c", "k", "x"u8.ToArray(), null);
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Documents.Put("c", "k", "y"u8.ToArray(), etag).AsTask()));
        Assert.Single(results, result => result is not null);
    }

    [Fact]
    public async Task The_body_is_what_it_was_when_it_was_put()
    {
        byte[] body = [1, 2, 3];
        var putting = Documents.Put("c", "k", body, null);
        body[0] = 9;
        await putting;
        Assert.Equal([1, 2, 3], (await Documents.Get("c", "k"))!.Body.ToArray());
    }
}
