using Npgsql;

namespace RoutingGrid.Bench.Peer;

/// <summary>One connection, which is a channel and an agent by turns: a message comes in, the first case that waits is offered, accepted,
/// answered and closed.</summary>
internal sealed class PeerClient : IAsyncDisposable
{
    private const int Queues = 4;

    private readonly NpgsqlConnection _connection;
    private readonly int _agent;
    private readonly NpgsqlCommand _receive;
    private readonly NpgsqlCommand _offer;
    private readonly NpgsqlCommand _accept;
    private readonly NpgsqlCommand _answer;
    private readonly NpgsqlCommand _close;
    private long _sent;

    private PeerClient(NpgsqlConnection connection, int agent)
    {
        (_connection, _agent) = (connection, agent);
        _receive = Command(PeerSql.Receive, "", "", (short)0, "");
        _offer = Command(PeerSql.Offer, agent, (short)(agent % Queues));
        _accept = Command(PeerSql.Accept, 0L, agent);
        _answer = Command(PeerSql.Answer, "", 0L, agent, "");
        _close = Command(PeerSql.Close, 0L, agent);
    }

    internal static async Task<PeerClient> Open(NpgsqlDataSource source, int agent)
    {
        var client = new PeerClient(await source.OpenConnectionAsync(), agent);
        foreach (var command in (NpgsqlCommand[])[client._receive, client._offer, client._accept, client._answer, client._close]) await command.PrepareAsync();
        return client;
    }

    /// <summary>One life. False: nothing waited in this agent's queue when it looked.</summary>
    internal async Task<bool> Live()
    {
        var id = FormattableString.Invariant($"{_agent}-{++_sent}");
        Set(_receive, $"m{id}", $"chat:a{id}", (short)(_agent % Queues), "Hola, no me llega la factura de este mes.");
        if (await _receive.ExecuteScalarAsync() is not long) throw new InvalidOperationException($"Message m{id} was there before.");
        if (await _offer.ExecuteScalarAsync() is not long claimed) return false;
        Set(_accept, claimed, _agent);
        await Once(_accept);
        Set(_answer, $"r{id}", claimed, _agent, "Se la envío ahora mismo por correo.");
        await Once(_answer);
        Set(_close, claimed, _agent);
        await Once(_close);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in (NpgsqlCommand[])[_receive, _offer, _accept, _answer, _close]) await command.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> examples)
    {
        var command = new NpgsqlCommand(sql, _connection);
        foreach (var example in examples) command.Parameters.Add(new NpgsqlParameter { Value = example });
        return command;
    }

    private static void Set(NpgsqlCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
    }

    private static async Task Once(NpgsqlCommand command)
    {
        if (await command.ExecuteNonQueryAsync() is not 1) throw new InvalidOperationException("A step of a life changed nothing: " + command.CommandText);
    }
}
