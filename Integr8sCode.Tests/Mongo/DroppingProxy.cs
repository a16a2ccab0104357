using System.Net;
using System.Net.Sockets;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

/// <summary>Stands between the driver and the server, and breaks a connection after the server did what it was asked.</summary>
internal sealed class DroppingProxy : IAsyncDisposable
{
    private readonly MongoServerAddress _server;
    private readonly int _port;
    private CancellationTokenSource _stop = new();
    private Task _accepting = Task.CompletedTask;
    private volatile byte[]? _doomed;
    private volatile int _dropped;

    public DroppingProxy(MongoServerAddress server)
    {
        _server = server;
        _port = Start();
    }

    public MongoServerAddress Address => new("127.0.0.1", _port);

    public int Dropped => _dropped;

    /// <summary>The next request that carries this id is passed on; the connection ends when its answer comes.</summary>
    public void DropTheAnswerTo(Guid id) => _doomed = id.ToByteArray(bigEndian: true);

    public int Start()
    {
        _stop = new();
        var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Start();
        _accepting = AcceptAsync(listener, _stop.Token);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _stop.Dispose();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task AcceptAsync(TcpListener listener, CancellationToken stopping)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ForwardAsync(await listener.AcceptTcpClientAsync(stopping), stopping));
            }
        }
        catch (OperationCanceledException)
        {
            listener.Dispose();
            await Task.WhenAll(connections);
        }
    }

    private async Task ForwardAsync(TcpClient client, CancellationToken stopping)
    {
        using var driver = client;
        using var server = new TcpClient(_server.Host, _server.Port);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var dropping = false;
        await Task.WhenAny(
            CopyAsync(driver, server, request => { dropping |= IsDoomed(request); return true; }, end.Token),
            CopyAsync(server, driver, _ => !dropping, end.Token));
        if (dropping)
        {
            Interlocked.Increment(ref _dropped);
        }

        await end.CancelAsync();
    }

    private bool IsDoomed(ReadOnlySpan<byte> request)
    {
        if (_doomed is not { } id || request.IndexOf(id) < 0)
        {
            return false;
        }

        _doomed = null;
        return true;
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to, PassOn passOn, CancellationToken stopping)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.GetStream().ReadAsync(buffer, stopping)) > 0 && passOn(buffer.AsSpan(0, read)))
            {
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), stopping);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }

    private delegate bool PassOn(ReadOnlySpan<byte> bytes);
}
