using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

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

    /// <summary>Until the next comment; one that goes on from item to item costs less than one for each.</summary>
    private Task? _timer;

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
        Body.Write(item.Frame);
        return FlushAsync(cancellationToken);
    }

    /// <summary>Keeps the connection alive until there is something to write; ending the stream is up to what it waits for.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] // once for each item of each reader
    public async ValueTask BeatUntilAsync(Task next, CancellationToken end)
    {
        while (!next.IsCompleted)
        {
            _timer ??= Task.Delay(options.Heartbeat, clock, end);
            await Task.WhenAny(next, _timer);
            end.ThrowIfCancellationRequested();
            if (_timer.IsCompleted)
            {
                _timer = null;
                Body.Write(Beat);
                await FlushAsync(end);
            }
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
