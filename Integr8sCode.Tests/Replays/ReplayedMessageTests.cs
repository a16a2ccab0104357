using System.Diagnostics;
using Integr8sCode.Events;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Replays;

/// <summary>What a consumer group makes of a message with a <c>replay_session_id</c>.</summary>
public sealed class ReplayedMessageTests
{
    [Fact]
    public async Task A_group_that_wants_replays_handles_an_event_once_more_for_each_session_and_no_oftener()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var handler = new HandlerUnderTest { HandlesReplays = true };
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);
        var (sent, last) = (Sample.Event(), Sample.Event());
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        foreach (var session in new Guid?[] { null, null, one, one, two, one, two, null })
        {
            await outside.SendAsync(Sample.Bytes(sent), MessageHeaders.Of(sent, default(ActivityContext), session), $"{sent.ExecutionId}");
        }

        await outside.SendAsync(Sample.Bytes(last), key: $"{sent.ExecutionId}");
        await Eventually.HoldsAsync(() => handler.Handled.Any(handled => handled.EventId == last.EventId));

        Assert.Equal(3, handler.Handled.Count(handled => handled.EventId == sent.EventId));
    }

    [Fact]
    public async Task A_group_that_does_not_want_replays_passes_them_by_without_a_span()
    {
        using var spans = new RecordedSpans();
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var handler = new HandlerUnderTest();
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);
        var (replayed, last) = (Sample.Event(), Sample.Event());

        await outside.SendAsync(Sample.Bytes(replayed), MessageHeaders.Of(replayed, default(ActivityContext), Guid.CreateVersion7()), $"{replayed.ExecutionId}");
        await outside.SendAsync(Sample.Bytes(last), key: $"{replayed.ExecutionId}");
        await Eventually.HoldsAsync(() => handler.Handled.Any(handled => handled.EventId == last.EventId));

        Assert.Equal([last.EventId], handler.Calls.Select(call => call.EventId));
        Assert.Empty(spans.Of(SpanNames.KafkaConsume, replayed));
    }
}
