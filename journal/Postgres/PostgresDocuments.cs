using System.Globalization;
using Npgsql;
using RoutingGrid.Journal.Postgres.Leadership;
using RoutingGrid.Journal.Postgres.Reading;

namespace RoutingGrid.Journal.Postgres;

/// <summary>Documents. Each write is one statement and one commit of its own: the server has those of different sessions share their
/// way to the disk.</summary>
internal sealed class PostgresDocuments(Reads reads, Server server, Leader? leader) : IDocuments
{
    private const string Create =
        "INSERT INTO document (collection, key, etag, body) VALUES ($1, $2, nextval('etag'), $3) ON CONFLICT DO NOTHING RETURNING etag";

    private const string Replace =
        "UPDATE document SET etag = nextval('etag'), body = $3 WHERE collection = $1 AND key = $2 AND etag = $4 RETURNING etag";

    private const string Remove = "DELETE FROM document WHERE collection = $1 AND key = $2 AND etag = $3 RETURNING etag";

    public ValueTask<Document?> Get(string collection, string key, CancellationToken cancel = default) =>
        reads.First("SELECT key, etag, body FROM document WHERE collection = $1 AND key = $2", DocumentOf, cancel, collection, key);

    public async ValueTask<string?> Put(string collection, string key, ReadOnlyMemory<byte> body, string? expectedEtag, CancellationToken cancel = default)
    {
        Texts.Check(collection);
        Texts.Check(key);
        // A copy: the caller may go on using the memory when it stops waiting.
        if (expectedEtag is null) return await Write(Create, cancel, collection, key, body.ToArray());
        return Number(expectedEtag) is { } etag ? await Write(Replace, cancel, collection, key, body.ToArray(), etag) : null;
    }

    public async ValueTask<bool> Delete(string collection, string key, string? expectedEtag, CancellationToken cancel = default) =>
        expectedEtag is not null && Number(expectedEtag) is { } etag && await Write(Remove, cancel, collection, key, etag) is not null;

    public async ValueTask<IReadOnlyList<Document>> List(string collection, CancellationToken cancel = default) =>
        await reads.All("SELECT key, etag, body FROM document WHERE collection = $1 ORDER BY key", DocumentOf, cancel, collection);

    private async Task<string?> Write(string sql, CancellationToken cancel, params object[] values)
    {
        cancel.ThrowIfCancellationRequested();
        // Whoever cancels stops waiting, as for an append; the statement goes on.
        return await Written(sql, values).WaitAsync(cancel);
    }

    private async Task<string?> Written(string sql, object[] values)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await reads.Connect();
            await using var batch = new NpgsqlBatch(connection);
            if (leader is not null) Reads.Add(batch, Writing.Sql.WriteFor, leader.Epoch);
            Reads.Add(batch, sql, values);
            return await batch.ExecuteScalarAsync() is long etag ? etag.ToString(CultureInfo.InvariantCulture) : null;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            var why = ServerTrouble.Explain(e, server.Place);
            if (e is PostgresException { SqlState: Leadership.Sql.TakenOver }) throw leader!.LearnTakenOver();
            if (connection is null || ServerTrouble.Judge(e, connection.FullState == System.Data.ConnectionState.Open) is not Trouble.Lost)
                throw new IOException($"The document was not written: {why}", e);
            throw new UnknownOutcomeException($"The document was sent, and no answer came. {why}", e);
        }
        finally
        {
            if (connection is not null) await connection.DisposeAsync();
        }
    }

    private static long? Number(string etag) =>
        long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Document DocumentOf(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetInt64(1).ToString(CultureInfo.InvariantCulture), row.GetFieldValue<byte[]>(2));
}
