using System.Diagnostics;
using System.Text.Json;
using Integr8sCode.DeadLetters;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Events;

public sealed class FailingHandlerTests
{
    [Fact]
    public async Task It_is_tried_three_times_then_the_message_is_a_dead_letter_and_the_partition_flows_on()
    {
        using var spans = new RecordedSpans();
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var bad = Sample.Event();
        var handler = new HandlerUnderTest((message, _) =>
            message.EventId == bad.EventId ? throw new InvalidOperationException("no luck") : Task.CompletedTask);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);

        await outside.SendAsync(Sample.Bytes(bad));
        await outside.SendAsync(Sample.Bytes(Sample.Event()));

        await Eventually.HoldsAsync(() => outside.Committed(MessagingHost.Group) == 2, "the partition flows on");
        Assert.Equal(3, handler.Calls.Count(call => call.EventId == bad.EventId));
        Assert.Single(handler.Handled);
        var letter = Assert.Single(host.Stores.DeadLetters);
        Assert.Equal((DeadLetterStage.Handle, 3, (Guid?)bad.EventId), (letter.State.Failure.Stage, letter.State.Failure.Attempts, letter.EventId));
        Assert.Equal(("System.InvalidOperationException", "no luck"), (letter.State.Failure.ExceptionType, letter.State.Failure.ExceptionMessage));
        Assert.Equal(Sample.Bytes(bad), letter.Message.Value);
        AssertTries([.. spans.Of(SpanNames.KafkaConsume, bad)], letter);
    }

    [Fact]
    public async Task A_handler_that_recovers_on_its_second_try_leaves_no_dead_letter()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        var tries = 0;
        var handler = new HandlerUnderTest((_, _) =>
            Interlocked.Increment(ref tries) == 1 ? throw new TimeoutException("once") : Task.CompletedTask);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);

        host.Publisher.Publish(Sample.Event());

        await Eventually.HoldsAsync(() => host.Stores.Handled == 1, "the event is handled");
        Assert.Equal(2, handler.Calls.Count);
        Assert.Empty(host.Stores.DeadLetters);
    }

    [Fact]
    public async Task Data_that_the_handler_cannot_read_is_a_dead_letter_at_once()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        var handler = new HandlerUnderTest((_, _) => throw new JsonException("no such shape"));
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);

        host.Publisher.Publish(Sample.Event());

        await Eventually.HoldsAsync(() => host.Stores.DeadLetters.Count == 1, "a dead letter");
        Assert.Equal(DeadLetterStage.Validate, Assert.Single(host.Stores.DeadLetters).State.Failure.Stage);
        Assert.Single(handler.Calls);
    }

    private static void AssertTries(Activity[] spans, DeadLetter letter)
    {
        Assert.Equal([null, 2, 3], spans.Select(span => (int?)span.GetTagItem(SpanAttributes.Attempt)));
        Assert.All(spans, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
        Assert.All(spans, span => Assert.Equal("System.InvalidOperationException", span.GetTagItem(SpanAttributes.ErrorType)));
        Assert.All(spans, span => Assert.Equal("exception", Assert.Single(span.Events).Name));
        Assert.Equal(spans[0].Context.SpanId, Assert.Single(spans[1].Links).Context.SpanId);
        Assert.Equal(spans[1].Context.SpanId, Assert.Single(spans[2].Links).Context.SpanId);
        Assert.Equal(spans[2].Id, letter.State.Failure.TraceParent);
    }
}
