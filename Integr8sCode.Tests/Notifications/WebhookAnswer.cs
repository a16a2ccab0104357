using System.Net.Sockets;
using System.Text;

namespace Integr8sCode.Notifications;

/// <summary>How a receiver answers one request.</summary>
internal sealed record WebhookAnswer(Func<TcpClient, CancellationToken, Task> WriteAsync)
{
    /// <summary>Takes the request and hangs up.</summary>
    public static WebhookAnswer HangUp { get; } = new((client, _) =>
    {
        client.Close();
        return Task.CompletedTask;
    });

    /// <summary>Resets the connection.</summary>
    public static WebhookAnswer Reset { get; } = new((client, _) =>
    {
        client.LingerState = new(enable: true, seconds: 0);
        client.Close();
        return Task.CompletedTask;
    });

    /// <summary>Never answers.</summary>
    public static WebhookAnswer Stall { get; } = new((_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken));

    /// <summary>Promises a hundred bytes, sends ten and hangs up.</summary>
    public static WebhookAnswer LieAboutTheLength { get; } = Text("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789", hangUp: true);

    /// <summary>Sends a body for as long as anybody reads.</summary>
    public static WebhookAnswer GiantBody { get; } = new(async (client, cancellationToken) =>
    {
        var stream = client.GetStream();
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n"u8.ToArray(), cancellationToken);
        var chunk = new byte[64 * 1024];
        while (true)
        {
            await stream.WriteAsync(chunk, cancellationToken);
        }
    });

    /// <summary>Sends the headers and then nothing.</summary>
    public static WebhookAnswer StalledBody { get; } = new(async (client, cancellationToken) =>
    {
        await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"u8.ToArray(), cancellationToken);
        await Task.Delay(Timeout.Infinite, cancellationToken);
    });

    /// <summary>Headers without end.</summary>
    public static WebhookAnswer GiantHeaders { get; } = Text($"HTTP/1.1 200 OK\r\nX-Long: {new string('x', 100_000)}\r\nContent-Length: 0\r\n\r\n");

    public static WebhookAnswer Garbage { get; } = Text("SSH-2.0-OpenSSH_9.2\r\n\r\n", hangUp: true);

    public static WebhookAnswer Status(int status, params string[] headers) =>
        Text($"HTTP/1.1 {status} X\r\n{string.Concat(headers.Select(header => $"{header}\r\n"))}Content-Length: 2\r\n\r\nok");

    private static WebhookAnswer Text(string text, bool hangUp = false) => new(async (client, cancellationToken) =>
    {
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        if (hangUp)
        {
            client.Close();
        }
    });
}
