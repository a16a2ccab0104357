using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Integr8sCode.Events;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.DeadLetters;

/// <summary>What a consumer does with a message that was a dead letter and comes again.</summary>
public sealed class RetriedMessageTests
{
    [Fact]
    public async Task A_failed_message_is_on_the_dead_letter_queue_as_it_came_with_what_went_wrong()
    {
        using var broker = await MessagingHost.StartBrokerAsync(partitions: 1);
        using var outside = new OutsideClient(broker.Bootstrap);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, Failing());
        var original = OutsideClient.Headers(
            ("traceparent", Letters.FailedSpan), ("twice", "1"), ("twice", "2"), ("empty", ""), ("null", null));
        var sent = Sample.Bytes(Sample.Event());

        await outside.SendAsync(sent, original, key: "the key");

        var message = Assert.Single(outside.Read(Topics.DeadLetterQueue, count: 1)).Message;
        var letter = Assert.Single(host.Stores.DeadLetters);
        Assert.Equal(sent, message.Value);
        Assert.Equal("the key", Encoding.UTF8.GetString(message.Key));
        Assert.Equal(Spell(original), Spell(message.Headers).Take(original.Count));
        Assert.Equal(
            [
                ("x-dlq-id", letter.Id.ToString()), ("x-dlq-original-topic", Topics.ExecutionEvents), ("x-dlq-original-partition", "0"),
                ("x-dlq-original-offset", "0"), ("x-dlq-broker-epoch", letter.BrokerEpoch!), ("x-dlq-consumer-group", MessagingHost.Group),
                ("x-dlq-exception-type", "System.InvalidOperationException"), ("x-dlq-exception-message", "no luck"), ("x-dlq-stage", "handle"),
                ("x-dlq-attempts", "3"), ("x-dlq-retry-count", "0"), ("x-dlq-policy", "exponential_backoff"),
                ("x-dlq-fingerprint", letter.State.Failure.Fingerprint), ("x-dlq-traceparent", letter.State.Failure.TraceParent!),
            ],
            Spell(message.Headers).Skip(original.Count).Where(header => !IsTimeOrTrace(header.Name)));
        Assert.All(
            ["x-dlq-original-timestamp", "x-dlq-first-failed-at", "x-dlq-failed-at", "x-dlq-exception-stacktrace"],
            name => Assert.NotEmpty(OutsideClient.Text(message.Headers, name)));
    }

    [Fact]
    public async Task A_retry_that_is_handled_resolves_its_letter()
    {
        using var spans = new RecordedSpans();
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, new());
        var (sent, letter) = await host.RetryingAsync();

        await outside.SendAsync(Sample.Bytes(sent), HeadersOf(letter, count: 1));

        await Eventually.HoldsAsync(() => StatusOf(host) is DeadLetterStatus.Resolved, "the letter is resolved");
        var last = Assert.Single(host.Stores.DeadLetters).State.Transitions[^1];
        Assert.Equal((DeadLetterStatus.Retrying, MessagingHost.Group), (last.From, last.By));
        var consume = await spans.WaitForAsync(SpanNames.KafkaConsume, sent);
        Assert.Equal(ActivityContext.Parse(Letters.FailedSpan, null).SpanId, Assert.Single(consume.Links).Context.SpanId);
        Assert.Equal(1, consume.GetTagItem(SpanAttributes.DeadLetterRetryCount));
    }

    [Fact]
    public async Task A_retry_of_what_was_handled_meanwhile_resolves_its_letter_too()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var handler = new HandlerUnderTest();
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);
        var (sent, letter) = await host.RetryingAsync();
        await host.Stores.AddAsync(MessagingHost.Group, sent.EventId, Letters.Noon, TestContext.Current.CancellationToken);

        await outside.SendAsync(Sample.Bytes(sent), HeadersOf(letter, count: 1));

        await Eventually.HoldsAsync(() => StatusOf(host) is DeadLetterStatus.Resolved, "the letter is resolved");
        Assert.Empty(handler.Calls);
    }

    [Fact]
    public async Task A_retry_that_fails_comes_back_as_the_same_letter()
    {
        using var broker = await MessagingHost.StartBrokerAsync(partitions: 1);
        using var outside = new OutsideClient(broker.Bootstrap);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, Failing());
        var (sent, letter) = await host.RetryingAsync();

        await outside.SendAsync(Sample.Bytes(sent), HeadersOf(letter, count: 1));

        var announced = Assert.Single(outside.Read(Topics.DeadLetterQueue, count: 1)).Message;
        var failed = Assert.Single(host.Stores.DeadLetters);
        Assert.Equal((letter.Id, DeadLetterStatus.Pending, 1), (failed.Id, failed.State.Status, failed.State.RetryCount));
        Assert.Equal("no luck", failed.State.Failure.ExceptionMessage);
        Assert.Equal(letter.Id.ToString(), OutsideClient.Text(announced.Headers, "x-dlq-id"));
        Assert.Equal("1", OutsideClient.Text(announced.Headers, "x-dlq-retry-count"));
    }

    [Fact]
    public async Task A_retry_for_another_group_is_passed_by()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var handler = new HandlerUnderTest();
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);
        var (sent, letter) = await host.RetryingAsync();

        await outside.SendAsync(Sample.Bytes(sent), HeadersOf(letter with { ConsumerGroup = "another" }, count: 1));
        await outside.SendAsync("poison"u8.ToArray(), HeadersOf(letter with { ConsumerGroup = "another" }, count: 1));

        await Eventually.HoldsAsync(() => outside.Committed(MessagingHost.Group) == 2, "both are passed");
        Assert.Empty(handler.Calls);
        Assert.Equal(DeadLetterStatus.Retrying, StatusOf(host));
    }

    [Fact]
    public async Task A_message_that_fails_again_before_its_offset_moved_is_one_letter()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, Failing());
        var sent = Sample.Bytes(Sample.Event());

        await outside.SendAsync(sent);
        await outside.SendAsync(sent);

        await Eventually.HoldsAsync(() => outside.Committed(MessagingHost.Group) == 2, "both failed");
        Assert.Equal(1, Assert.Single(host.Stores.DeadLetters).State.Version);
    }

    private static HandlerUnderTest Failing() => new((_, _) => throw new InvalidOperationException("no luck"));

    private static DeadLetterStatus StatusOf(MessagingHost host) => Assert.Single(host.Stores.DeadLetters).State.Status;

    private static Headers HeadersOf(DeadLetter letter, int count) => OutsideClient.Headers(
        ("x-dlq-id", letter.Id.ToString()), ("x-dlq-consumer-group", letter.ConsumerGroup), ("x-dlq-retry-count", $"{count}"),
        ("x-dlq-traceparent", Letters.FailedSpan));

    private static bool IsTimeOrTrace(string name) =>
        name.EndsWith("-at", StringComparison.Ordinal) || name.EndsWith("-timestamp", StringComparison.Ordinal)
        || name.EndsWith("-stacktrace", StringComparison.Ordinal);

    private static IEnumerable<(string Name, string? Text)> Spell(Headers headers) =>
        headers.Select(header => (header.Key, header.GetValueBytes() is { } value ? Encoding.UTF8.GetString(value) : null));
}
