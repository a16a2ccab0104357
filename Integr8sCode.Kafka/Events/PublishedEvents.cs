using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.Events;

/// <summary>Marks acknowledged events in the event store, as many at once as have come in meanwhile.</summary>
internal sealed partial class PublishedEvents(
    MessageSender sender, IEventStore store, TimeProvider clock, ILogger<PublishedEvents> logger) : BackgroundService
{
    private const int LargestBatch = 500;
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // What does not fit is published once more by the relay, and dropped by the consumers' inbox.
    private readonly Channel<Guid> _acknowledged = Channel.CreateBounded<Guid>(
        new BoundedChannelOptions(100_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Note(Guid eventId) => _acknowledged.Writer.TryWrite(eventId);

    /// <summary>Waits for the outstanding delivery reports, then for their marks.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        sender.Close(FlushLimit);
        _acknowledged.Writer.TryComplete();
        if (ExecuteTask is { } marking)
        {
            await Task.WhenAny(marking, Task.Delay(FlushLimit, clock, cancellationToken));
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Guid>();
        while (await _acknowledged.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < LargestBatch && _acknowledged.Reader.TryRead(out var eventId))
            {
                batch.Add(eventId);
            }

            await MarkAsync(batch, stoppingToken);
            batch.Clear();
        }
    }

    private async Task MarkAsync(List<Guid> batch, CancellationToken cancellationToken)
    {
        try
        {
            await store.MarkPublishedAsync(batch, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotMarked(failure, batch.Count);
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not mark {Count} events as published; the relay will send them again")]
    private partial void LogNotMarked(Exception failure, int count);
}
