using System.Diagnostics;
using System.Text;
using Integr8sCode.Events;
using Integr8sCode.Infrastructure;
using Microsoft.Extensions.Options;

namespace Integr8sCode.DeadLetters;

/// <summary>The dlq-processor's work, by a clock of its own and against a real broker.</summary>
public sealed class DueLettersTests
{
    private readonly ManualClock _clock = new();
    private readonly MessagingStores _stores = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_retry_an_hour_later_is_in_the_trace_of_the_failure()
    {
        using var spans = new RecordedSpans();
        using var broker = await MessagingHost.StartBrokerAsync(partitions: 4);
        using var outside = new OutsideClient(broker.Bootstrap);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, stores: _stores);
        var letter = await AddAsync(WithFailedSpan("0af7651916cd43dd8448eb211c803190"), delay: TimeSpan.FromHours(1));
        var due = DueOn(host);

        await ReviewOn().ReviewAsync(letter, announced: null, Cancellation);
        _clock.Advance(TimeSpan.FromMinutes(59));
        await due.TakeAsync(Cancellation);
        Assert.Equal(DeadLetterStatus.Scheduled, Stored(letter).Status);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await due.TakeAsync(Cancellation);

        var failed = ActivityContext.Parse(letter.State.Failure.TraceParent!, null);
        var consume = Assert.Single(spans.InTrace(failed.TraceId, SpanNames.DeadLetterConsume));
        var retry = Assert.Single(spans.InTrace(failed.TraceId, SpanNames.DeadLetterRetry));
        Assert.Equal((failed.SpanId, consume.SpanId), (consume.ParentSpanId, retry.ParentSpanId));
        Assert.Equal((ActivityKind.Consumer, ActivityKind.Producer), (consume.Kind, retry.Kind));
        var sent = Assert.Single(outside.Read(Topics.ExecutionEvents, count: 1));
        Assert.Equal(Telemetry.TraceParentOf(retry.Context), OutsideClient.Text(sent.Message.Headers, "traceparent"));
        Assert.Equal((DeadLetterStatus.Retrying, 1), (Stored(letter).Status, Stored(letter).RetryCount));
    }

    [Fact]
    public async Task The_message_comes_back_with_its_key_value_and_headers_to_the_partition_it_came_from()
    {
        using var broker = await MessagingHost.StartBrokerAsync(partitions: 4);
        using var outside = new OutsideClient(broker.Bootstrap);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, stores: _stores);
        var failed = WithFailedSpan("0af7651916cd43dd8448eb211c803191");
        var letter = await AddAsync(failed with
        {
            Message = failed.Message with
            {
                Key = [0, 255],
                Value = [0xC3, 0x28],
                Headers = [new("twice", [1]), new("twice", [2]), new("traceparent", Encoding.UTF8.GetBytes(Letters.FailedSpan)), new("null", null)],
            },
        });

        await ReviewOn().ReviewAsync(letter, announced: null, Cancellation);
        await DueOn(host).TakeAsync(Cancellation);

        var sent = Assert.Single(outside.Read(Topics.ExecutionEvents, count: 1));
        Assert.Equal([0, 255], sent.Message.Key);
        Assert.Equal([0xC3, 0x28], sent.Message.Value);
        Assert.Equal(3, sent.Partition.Value);
        Assert.Equal(
            ["twice", "twice", "null", "traceparent", "x-dlq-id", "x-dlq-consumer-group", "x-dlq-retry-count", "x-dlq-traceparent"],
            sent.Message.Headers.Select(header => header.Key).Where(name => name != "tracestate"));
        Assert.Equal("1", OutsideClient.Text(sent.Message.Headers, "x-dlq-retry-count"));
    }

    [Fact]
    public async Task An_edited_message_has_an_id_of_its_own_and_its_cause()
    {
        using var broker = await MessagingHost.StartBrokerAsync(partitions: 4);
        using var outside = new OutsideClient(broker.Bootstrap);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, stores: _stores);
        var (old, edited) = (Sample.Event(), Sample.Event());
        var failed = WithFailedSpan("0af7651916cd43dd8448eb211c803192", old);
        var edit = new DeadLetterEdit("key"u8.ToArray(), Sample.Bytes(edited), edited.EventId, edited.Type);
        var headers = new RawHeader[] { new("event_id", Encoding.UTF8.GetBytes(old.EventId.ToString())), new("correlation_id", "c"u8.ToArray()) };
        failed = failed with { Message = failed.Message with { Headers = headers } };
        await _stores.Letters.AddAsync(failed.EditAndRetry(edit, Letters.Note(_clock.GetUtcNow(), "admin"))!, Cancellation);

        await DueOn(host).TakeAsync(Cancellation);

        var sent = Assert.Single(outside.Read(Topics.ExecutionEvents, count: 1)).Message;
        Assert.Equal(Sample.Bytes(edited), sent.Value);
        Assert.Equal(
            (edited.EventId.ToString(), old.EventId.ToString(), "c"),
            (OutsideClient.Text(sent.Headers, "event_id"), OutsideClient.Text(sent.Headers, "causation_id"),
                OutsideClient.Text(sent.Headers, "correlation_id")));
    }

    [Fact]
    public async Task A_letter_that_never_came_through_the_topic_is_taken_from_the_store()
    {
        await using var host = await MessagingHost.StartAsync("127.0.0.1:1", stores: _stores);
        var letter = await AddAsync(WithFailedSpan("0af7651916cd43dd8448eb211c803193"), delay: TimeSpan.FromHours(1));

        await DueOn(host).TakeAsync(Cancellation);
        Assert.Equal(DeadLetterStatus.Pending, Stored(letter).Status);

        _clock.Advance(TimeSpan.FromSeconds(11));
        await DueOn(host).TakeAsync(Cancellation);
        Assert.Equal(DeadLetterStatus.Scheduled, Stored(letter).Status);
    }

    [Fact]
    public async Task Of_two_processors_one_sends()
    {
        using var broker = await MessagingHost.StartBrokerAsync(partitions: 4);
        using var outside = new OutsideClient(broker.Bootstrap);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, stores: _stores);
        for (var i = 0; i < 20; i++)
        {
            await AddAsync(WithFailedSpan("0af7651916cd43dd8448eb211c803194", Sample.Event()), isDue: true);
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DueOn(host).TakeAsync(Cancellation), Cancellation)));

        var sent = outside.Read(Topics.ExecutionEvents, count: 20);
        Assert.Equal(20, sent.Select(message => OutsideClient.Text(message.Message.Headers, "x-dlq-id")).Distinct().Count());
        Assert.Equal(20, outside.CountOf(Topics.ExecutionEvents, partition: 3));
    }

    [Fact]
    public async Task A_retry_whose_process_died_is_sent_again_as_the_same_retry()
    {
        using var broker = await MessagingHost.StartBrokerAsync(partitions: 4);
        using var outside = new OutsideClient(broker.Bootstrap);
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, stores: _stores);
        var scheduled = WithFailedSpan("0af7651916cd43dd8448eb211c803195").Scheduled(_clock.GetUtcNow());
        var letter = scheduled.Claim(TimeSpan.FromMinutes(1), Letters.Note(_clock.GetUtcNow()))!; // and died here
        await _stores.Letters.AddAsync(letter, Cancellation);

        await DueOn(host).TakeAsync(Cancellation);
        Assert.Equal(1, Stored(letter).Sends);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await DueOn(host).TakeAsync(Cancellation);

        var sent = Assert.Single(outside.Read(Topics.ExecutionEvents, count: 1)).Message;
        Assert.Equal("1", OutsideClient.Text(sent.Headers, "x-dlq-retry-count"));
        Assert.Equal((1, 2), (Stored(letter).RetryCount, Stored(letter).Sends));
    }

    [Fact]
    public async Task A_retry_that_nobody_answers_for_as_long_as_letters_may_live_is_dead()
    {
        await using var host = await MessagingHost.StartAsync("127.0.0.1:1", stores: _stores);
        var letter = WithFailedSpan("0af7651916cd43dd8448eb211c803196").Retrying(_clock.GetUtcNow());
        await _stores.Letters.AddAsync(letter, Cancellation);

        _clock.Advance(TimeSpan.FromDays(8));
        await DueOn(host).TakeAsync(Cancellation);

        Assert.Equal((DeadLetterStatus.Dead, null), (Stored(letter).Status, Stored(letter).Due));
    }

    private DeadLetter WithFailedSpan(string traceId, Event? decoded = null) => DeadLetter.Open(
        "sagas",
        Letters.Message(),
        decoded,
        Letters.Failure(_clock.GetUtcNow()) with { TraceParent = $"00-{traceId}-b7ad6b7169203331-01" },
        _clock.GetUtcNow().AddSeconds(10));

    private Task<DeadLetter> AddAsync(DeadLetter letter, TimeSpan delay = default, bool isDue = false)
    {
        _stores.Letters.Policy = RetryPolicy.DefaultOf(Topics.ExecutionEvents) with
        {
            Strategy = delay == default ? RetryStrategy.Immediate : RetryStrategy.FixedInterval,
            BaseDelay = delay,
        };
        return _stores.Letters.AddAsync(isDue ? letter.Scheduled(_clock.GetUtcNow()) : letter, Cancellation);
    }

    private DeadLetterState Stored(DeadLetter letter) => _stores.DeadLetters.Single(stored => stored.Id == letter.Id).State;

    private DeadLetterReview ReviewOn() => new(_stores.Letters, _stores.Letters, _stores, _clock);

    private DueLetters DueOn(MessagingHost host)
    {
        var options = Options.Create(new DeadLetterOptions());
        var sending = new RetrySending(_stores.Letters, _stores.Letters, host.Get<DeadLetterPublisher>(), options, _clock);
        return new(_stores.Letters, ReviewOn(), sending, options, _clock);
    }
}
