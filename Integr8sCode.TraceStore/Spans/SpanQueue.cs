using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Spans;

/// <summary>
/// Where export requests wait for the one writer. All that wait are written in one transaction, so the busier the store,
/// the fewer its commits per span. What may wait is bounded by the <see cref="ByteBudget"/> of the requests themselves.
/// </summary>
internal sealed partial class SpanQueue(TraceWriter writer, Retention retention, TimeProvider time, ILogger<SpanQueue> logger) : BackgroundService
{
    private const int MaxSpansPerTransaction = 20_000;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(200);

    private readonly Channel<SpanBatch> _batches = Channel.CreateUnbounded<SpanBatch>(new() { SingleReader = true });

    /// <summary>Completes when the spans are committed; throws what the writer threw when they could not be.</summary>
    public async Task WriteAsync(SpanBatch batch)
    {
        await _batches.Writer.WriteAsync(batch, CancellationToken.None);
        await batch.Written;
    }

    /// <summary>Called when the server has stopped, and so no request waits any more.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _batches.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var waiting = new List<SpanBatch>();
        while (await WaitAsync()) // until the queue is closed: what waits is still written
        {
            waiting.Clear();
            var spans = 0;
            while (spans < MaxSpansPerTransaction && _batches.Reader.TryRead(out var batch))
            {
                waiting.Add(batch);
                spans += batch.Count;
            }

            Write(waiting);
        }

        Index();
    }

    /// <summary>Waits for an export; where none comes, makes use of the time.</summary>
    private async Task<bool> WaitAsync()
    {
        var next = _batches.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        if (!writer.IsIndexed && await Task.WhenAny(next, Task.Delay(Idle, time)) != next) Index();
        return await next;
    }

    private void Index()
    {
        try
        {
            writer.Index();
        }
        catch (SqliteException exception)
        {
            LogNotIndexed(exception);
        }
    }

    private void Write(List<SpanBatch> batches)
    {
        try
        {
            writer.Write(batches);
            batches.ForEach(batch => batch.Complete());
            retention.Apply();
        }
        catch (Exception exception) // whatever is wrong with these, the next ones still have to be written
        {
            LogNotWritten(exception, batches.Count);
            foreach (var batch in batches.Where(batch => !batch.Written.IsCompleted))
            {
                batch.Fail(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Could not write the index of search terms; it is tried again with the next export or search")]
    private partial void LogNotIndexed(Exception exception);

    [LoggerMessage(LogLevel.Error, "Could not write {Count} export requests")]
    private partial void LogNotWritten(Exception exception, int count);
}
