using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace RoutingGrid.Journal.Tests.Postgres;

/// <summary>Stands between a journal and its server, and can keep an answer to itself and cut the connection.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _serverPort;
    private readonly Task _accepting;
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private volatile bool _swallow;

    internal CuttingProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = Accept();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The server does what it is told next, and nobody hears of it.</summary>
    internal void SwallowTheNextAnswer() => _swallow = true;

    /// <summary>Nobody who is connected hears anything more. The server learns of it when it next reads or writes.</summary>
    internal void CutAll()
    {
        foreach (var client in _clients) client.Close();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var server = new TcpClient();
        _clients.Add(client);
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, _serverPort);
            await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), Answer(server.GetStream(), client.GetStream()));
        }
    }

    private async Task Answer(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await from.ReadAsync(buffer)) > 0;)
        {
            if (_swallow)
            {
                _swallow = false;
                return;
            }
            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
