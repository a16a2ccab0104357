using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Executions;

/// <summary>The W3C promise: a Kafka client that knows nothing of us reads and continues the trace, or brings its own.</summary>
[Collection<SharedPlatform>]
public sealed class OutsideKafkaTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly LocalPlatform _platform;
    private readonly ApiUser _user;

    public OutsideKafkaTests(PlatformFixture fixture)
    {
        _platform = fixture.Join();
        _user = new(_platform.Api, _platform.Keys.User);
    }

    [Fact]
    public async Task A_plain_consumer_reads_every_header_once_and_continues_the_trace()
    {
        using var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig
        {
            BootstrapServers = _platform.Kafka,
            GroupId = $"outside-{Guid.CreateVersion7()}",
            AutoOffsetReset = AutoOffsetReset.Earliest,
            FetchWaitMaxMs = 5,
        }).Build();
        consumer.Subscribe(["execution_events", "execution_tasks"]);
        var ended = await _user.GetEndedAsync(await _user.SubmitAsync("print(1)"));
        var id = ended["execution_id"]!.GetValue<string>();

        var messages = ReadAll(consumer, id, count: 5);
        consumer.Close();

        Assert.Equal(
            ["execution.completed", "execution.requested", "execution.scheduled", "execution.started", "result.stored"],
            messages.Select(message => Header(message, "event_type")).Order(StringComparer.Ordinal));
        Assert.All(messages, message =>
        {
            Assert.Equal(id, message.Key);
            Assert.Equal(
                ["correlation_id", "event_id", "event_type", "service", "traceparent"],
                message.Headers.Select(header => header.Key).Where(key => key != "tracestate").Order(StringComparer.Ordinal));
            Assert.True(ActivityContext.TryParse(Header(message, "traceparent"), null, out var context));
            Assert.Equal(ended["trace_id"]!.GetValue<string>(), context.TraceId.ToHexString());
            using var envelope = JsonDocument.Parse(message.Value);
            Assert.Equal(Header(message, "event_id"), envelope.RootElement.GetProperty("event_id").GetString());
        });
    }

    [Fact]
    public async Task An_outside_producers_request_is_executed_inside_its_trace()
    {
        var id = Guid.CreateVersion7();
        var traceId = ActivityTraceId.CreateRandom().ToHexString();
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = _platform.Kafka }).Build();
        await producer.ProduceAsync("execution_events", new()
        {
            Key = id.ToString(),
            Value = $$"""
                {
                  "event_id": "{{Guid.CreateVersion7()}}", "type": "execution.requested", "version": 1, "time": "2026-01-01T00:00:00Z",
                  "execution_id": "{{id}}", "sequence": 1, "correlation_id": "from-outside", "user_id": "user", "service": "cobol-batch",
                  "data": { "script": "print('from outside')", "language": "python" }
                }
                """,
            Headers = new() { { "traceparent", Encoding.ASCII.GetBytes($"00-{traceId}-00f067aa0ba902b7-01") } },
        }, TestContext.Current.CancellationToken);

        var execution = await Eventually.SeesAsync(
            async () => await _user.Http.GetAsync($"/api/v1/executions/{id}", TestContext.Current.CancellationToken),
            response => response.IsSuccessStatusCode, Limit);
        var ended = await _user.GetEndedAsync(id);

        Assert.True(execution.IsSuccessStatusCode);
        Assert.Equal("from outside\n", ended["stdout"]!.GetValue<string>());
        Assert.Equal(("from-outside", traceId), (ended["correlation_id"]!.GetValue<string>(), ended["trace_id"]!.GetValue<string>()));
        using var traces = new TraceReader(_platform.Traces);
        var spans = await traces.ReadWhenAsync(traceId, seen =>
            seen.Any(span => span is { Service: "saga-orchestrator", Name: "kafka.consume", ParentId: "00f067aa0ba902b7" }));
        await traces.ReadWhenAsync(traceId, seen =>
            seen.Any(span => span.Name == "sandbox.run") && seen.Any(span => span.Text("event.type") == "result.stored"));
        Assert.NotEmpty(spans);
    }

    public void Dispose() => _user.Dispose();

    private static List<Message<string, string>> ReadAll(IConsumer<string, string> consumer, string key, int count)
    {
        var found = new List<Message<string, string>>();
        var watch = Stopwatch.StartNew();
        while (found.Count < count)
        {
            Assert.True(watch.Elapsed < Limit, $"Only {found.Count} of {count} messages after {Limit.TotalSeconds} s.");
            if (consumer.Consume(TimeSpan.FromMilliseconds(100)) is { } record && record.Message.Key == key)
            {
                found.Add(record.Message);
            }
        }

        return found;
    }

    private static string Header(Message<string, string> message, string name) =>
        Encoding.UTF8.GetString(message.Headers.Single(header => header.Key == name).GetValueBytes());
}
