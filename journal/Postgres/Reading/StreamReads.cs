using System.Threading.Channels;
using Npgsql;
using RoutingGrid.Journal.Archive;

namespace RoutingGrid.Journal.Postgres.Reading;

/// <summary>The slices of streams for whoever asks at the same time: one statement for all who wait, since each activation begins with such a question.</summary>
internal sealed class StreamReads : IAsyncDisposable
{
    private const int Connections = 2;
    private const int MostAtOnce = 200;

    // One by one, each by its index: an offset leaves the planner no other order, whatever the statistics of tables that were just made say, and unlike a limit it does not make
    // reading a whole table up to the first match look cheap.
    private const string OfStreams =
        """
        SELECT u.place, s.position, s.version, s.checksum, s.events
        FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[]) WITH ORDINALITY AS u(workspace, kind, key, after, most, place)
        CROSS JOIN LATERAL (
            SELECT id FROM stream WHERE workspace = (SELECT w.id FROM workspace w WHERE w.name = u.workspace) AND kind = u.kind AND key = u.key OFFSET 0) t
        CROSS JOIN LATERAL (SELECT position, version, checksum, events FROM slice WHERE stream = t.id AND version > u.after ORDER BY version LIMIT u.most) s
        ORDER BY u.place, s.version
        """;

    private readonly Channel<Question> _waiting = Channel.CreateUnbounded<Question>();
    private readonly Server _server;
    private readonly Task[] _answering;

    internal StreamReads(Server server)
    {
        _server = server;
        _answering = [.. Enumerable.Range(0, Connections).Select(_ => Task.Factory.StartNew(Answer, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap())];
    }

    /// <param name="most">Slices at most: each has at least one event.</param>
    /// <exception cref="JournalUnusableException">The server cannot be reached, or refuses.</exception>
    internal Task<List<PlacedSlice>> Of(StreamId stream, long after, long most, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var question = new Question(stream, after, most);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(question), typeof(PostgresJournal));
        return question.Answer.WaitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await Task.WhenAll(_answering);
    }

    private async Task Answer()
    {
        NpgsqlConnection? connection = null;
        var questions = new List<Question>(MostAtOnce);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (questions.Count < MostAtOnce && _waiting.Reader.TryRead(out var next)) questions.Add(next);
            if (questions.Count > 0) connection = await Answer(questions, connection);
            questions.Clear();
        }
        if (connection is not null) await connection.DisposeAsync();
    }

    /// <returns>The connection for the next ones; null: it was lost.</returns>
    private async Task<NpgsqlConnection?> Answer(List<Question> questions, NpgsqlConnection? connection)
    {
        for (var mayBeOld = connection is not null; ; mayBeOld = false)
        {
            try
            {
                connection ??= await _server.Lanes.OpenConnectionAsync();
                await Read(connection, questions);
                questions.ForEach(static question => question.Complete());
                return connection;
            }
            catch (Exception e)
            {
                if (connection is not null) await connection.DisposeAsync();
                connection = null;
                questions.ForEach(static question => question.Found.Clear());
                // After a restart of the server the connection is one that it has forgotten, as are those of the pool: once more, on a new one.
                if (mayBeOld && e is not PostgresException { IsTransient: false })
                {
                    _server.Readers.Clear();
                    continue;
                }
                var refusal = e is NpgsqlException or IOException or TimeoutException ? new JournalUnusableException(ServerTrouble.Explain(e, _server.Place), e) : e;
                questions.ForEach(question => question.Fail(refusal));
                return null;
            }
        }
    }

    private static async Task Read(NpgsqlConnection connection, List<Question> questions)
    {
        await using var batch = new NpgsqlBatch(connection);
        Reads.Add(
            batch, OfStreams, Column(questions, question => question.Stream.Workspace), Column(questions, question => question.Stream.Kind.ToString()),
            Column(questions, question => question.Stream.Id), Column(questions, question => question.After), Column(questions, question => question.Most));
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var question = questions[(int)reader.GetInt64(0) - 1];
            question.Found.Add(new PlacedSlice(0, question.Stream, EventReads.SliceOf(reader, from: 1)));
        }
    }

    private static T[] Column<T>(List<Question> questions, Func<Question, T> of)
    {
        var column = new T[questions.Count];
        for (var i = 0; i < column.Length; i++) column[i] = of(questions[i]);
        return column;
    }

    private sealed class Question(StreamId stream, long after, long most)
    {
        private readonly TaskCompletionSource<List<PlacedSlice>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal StreamId Stream => stream;
        internal long After => after;
        internal long Most => most;
        internal List<PlacedSlice> Found { get; } = [];
        internal Task<List<PlacedSlice>> Answer => _answer.Task;

        internal void Complete() => _answer.TrySetResult(Found);

        internal void Fail(Exception refusal) => _answer.TrySetException(refusal);
    }
}
