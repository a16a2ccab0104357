using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Integr8sCode.Streaming;

/// <summary>
/// Writes server-sent events to one reader. Kestrel holds at most its output buffer (64 KiB) for it; a reader that lets that stand full for
/// too long is dropped.
/// </summary>
internal sealed class EventStreamWriter(HttpContext http, StreamOptions options, TimeProvider clock)
{
    /// <summary>A comment, which readers skip.</summary>
    private static readonly byte[] Beat = ": \n\n"u8.ToArray();

    /// <summary>How soon a reader shall come back when its stream ends.</summary>
    private static readonly byte[] Retry = "retry: 1000\n\n"u8.ToArray();

    private PipeWriter Body => http.Response.BodyWriter;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        http.Response.ContentType = EventStream.ContentType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await http.Response.StartAsync(cancellationToken);
        Body.Write(Retry);
        await FlushAsync(cancellationToken);
    }

    public Task WriteAsync(StreamItem item, CancellationToken cancellationToken)
    {
        Encoding.UTF8.GetBytes($"event: {item.Event}\nid: {item.Id}\ndata: ", Body);
        Body.Write(item.Data);
        Body.Write("\n\n"u8);

        return FlushAsync(cancellationToken);
    }

    /// <summary>Keeps the connection alive until there is something to write, or the stream is over.</summary>
    public async Task BeatUntilAsync(Task next, CancellationToken end)
    {
        while (true)
        {
            await next.WaitAsync(options.Heartbeat, clock, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (next.IsCompleted || end.IsCancellationRequested)
            {
                return;
            }

            Body.Write(Beat);
            await FlushAsync(end);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var flush = Body.FlushAsync(cancellationToken);
        if (flush.IsCompletedSuccessfully)
        {
            return;
        }

        try
        {
            await flush.AsTask().WaitAsync(options.WriteTimeout, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            http.Abort();
            throw new IOException("The reader is too slow."); // the request is told of its end a moment later
        }
    }
}
