using System.Diagnostics;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.DeadLetters;

/// <summary>A failure keeps its trace, read from exported spans: from the failing handler over the dead letter to the retry that passes.</summary>
[Collection<SharedPlatform>]
public sealed class DeadLetterTraceTests : IDisposable
{
    private readonly DeadLetterAdmin _admin;
    private readonly ApiUser _user;
    private readonly TraceReader _traces;
    private readonly string _traceId = ActivityTraceId.CreateRandom().ToHexString();
    private readonly string _producerSpan = ActivitySpanId.CreateRandom().ToHexString();

    public DeadLetterTraceTests(PlatformFixture fixture)
    {
        var platform = fixture.Join();
        _admin = new(platform);
        _user = new(platform.Api, platform.Keys.User);
        _traces = new(platform.Traces);
    }

    private string TraceParent => $"00-{_traceId}-{_producerSpan}-01";

    [Fact]
    public async Task A_handler_that_fails_until_a_scheduled_retry_passes_is_one_trace()
    {
        await _admin.PutPolicyAsync("fixed_interval", maxRetries: 50, baseDelaySeconds: 2);
        var (executionId, message) = await DeadLetterAdmin.NewFailingAsync(_user);

        await _admin.SendAsync(message, TraceParent);
        await _admin.GetLetterAsync(executionId, "scheduled");
        await _admin.SendAsync(DeadLetterAdmin.Requested(executionId), TraceParent); // now the execution exists

        var letter = await _admin.GetLetterAsync(executionId, "resolved");
        var spans = await ReadAsync(letter);
        var passed = LastRetried(spans);
        var retry = spans.Single(span => span.SpanId == passed.ParentId);
        var consume = spans.Single(span => span.SpanId == retry.ParentId);
        var failed = spans.Single(span => span.SpanId == consume.ParentId);
        Assert.Equal(
            ["saga-orchestrator kafka.consume consumer", "dlq-processor dlq.consume consumer", "dlq-processor dlq.retry producer", "saga-orchestrator kafka.consume consumer"],
            new[] { failed, consume, retry, passed }.Select(span => $"{span.Service} {span.Name} {span.Kind}"));
        Assert.Equal([$"{_traceId}/{failed.SpanId}"], passed.Links);
        Assert.Contains($"{_traceId}/{_producerSpan}", consume.Links);
        Assert.Equal(("3", "System.InvalidOperationException"), (failed.Text("app.attempt"), failed.Text("error.type")));
        Assert.Null(passed.Text("error.type"));
        Assert.Equal("fixed_interval", consume.Text("dead_letter.policy"));
        AssertTries(spans, failed);
        AssertTransitions(letter);
    }

    [Fact]
    public async Task A_letter_whose_retries_are_used_up_is_dead_and_one_trace_tells_of_all_of_them()
    {
        await _admin.PutPolicyAsync("immediate", maxRetries: 2, baseDelaySeconds: 1);
        var (executionId, message) = await DeadLetterAdmin.NewFailingAsync(_user);

        await _admin.SendAsync(message, TraceParent);

        var letter = await _admin.GetLetterAsync(executionId, "dead");
        var spans = await _traces.ReadWhenAsync(_traceId, seen =>
            seen.Count(span => span.Name == "dlq.consume") == 3
            && seen.Count(span => span is { Name: "kafka.consume", Service: "saga-orchestrator" }) >= 9);
        Assert.Equal(2, letter["retry_count"]!.GetValue<int>());
        Assert.Equal(2, spans.Count(span => span.Name == "dlq.retry"));
        Assert.Equal(9, spans.Count(span => span is { Name: "kafka.consume", Service: "saga-orchestrator" }));
        var byId = spans.ToDictionary(span => span.SpanId);
        Assert.All(
            spans.Where(span => span.Name == "dlq.consume"), span => Assert.Equal("kafka.consume", byId[span.ParentId!].Name));
        Assert.All(spans.Where(span => span.Name == "dlq.retry"), span => Assert.Equal("dlq.consume", byId[span.ParentId!].Name));
        Assert.Equal("dead", spans.Single(span => span.Text("dead_letter.retry_count") == "2" && span.Name == "dlq.consume").Text("dead_letter.status"));
        Assert.Contains("retried 2 times", letter["transitions"]!.AsArray()[^1]!["why"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manual_retry_is_in_the_same_trace_and_linked_to_the_request_of_the_operator()
    {
        await _admin.PutPolicyAsync("manual", maxRetries: 2, baseDelaySeconds: 1);
        var (executionId, message) = await DeadLetterAdmin.NewFailingAsync(_user);
        await _admin.SendAsync(message, TraceParent);
        await _traces.ReadAsync(_traceId, span => span.Name == "dlq.consume");
        var waiting = await _admin.GetLetterAsync(executionId, "pending");
        await _admin.SendAsync(DeadLetterAdmin.Requested(executionId), TraceParent);
        await Eventually.HoldsAsync(async () =>
        {
            using var found = await _user.Http.GetAsync($"/api/v1/executions/{executionId}", TestContext.Current.CancellationToken);
            return found.IsSuccessStatusCode;
        });

        await _admin.PostAsync($"/{waiting["id"]}/retry");

        var letter = await _admin.GetLetterAsync(executionId, "resolved");
        var spans = await ReadAsync(letter);
        var retry = spans.Single(span => span.Name == "dlq.retry");
        Assert.Equal("dlq.consume", spans.Single(span => span.SpanId == retry.ParentId).Name);
        var asked = letter["transitions"]!.AsArray().Single(change => change!["to"]!.GetValue<string>() == "scheduled")!;
        Assert.Equal("admin", asked["by"]!.GetValue<string>());
        Assert.True(ActivityContext.TryParse(asked["trace_parent"]!.GetValue<string>(), null, out var request));
        Assert.Equal([$"{request.TraceId}/{request.SpanId}"], retry.Links);
        Assert.Contains(
            await _traces.ReadAsync(request.TraceId.ToHexString(), span => span.SpanId == request.SpanId.ToHexString()),
            span => span.Name == $"POST {DeadLetterAdmin.Path}/{{id}}/retry");
    }

    [Fact]
    public async Task An_edited_message_passes_in_the_trace_of_the_request_that_it_is_about()
    {
        var executionId = await _user.SubmitAsync("print(1)");
        var ended = await _user.GetEndedAsync(executionId);
        var traceId = ended["trace_id"]!.GetValue<string>();
        var recorded = await _traces.ReadWhenAsync(traceId, seen =>
            seen.Any(span => span.ParentId is null) && seen.Any(span => span.Name == "kafka.publish"));
        var request = recorded.Single(span => span.ParentId is null);
        var publish = recorded.First(span => span.Name == "kafka.publish");
        var message = DeadLetterAdmin.Requested(executionId, type: "execution.unheard_of");
        await _admin.SendAsync(message, $"00-{traceId}-{publish.SpanId}-01");
        var dead = await DeadOfSagasAsync(executionId);

        message["type"] = "execution.requested";
        await _admin.PostAsync($"/{dead["id"]}/edit-and-retry", new { value = message, reason = "a typing mistake" });

        var letter = await Eventually.SeesAsync(
            () => _admin.Api.GetAsync($"{DeadLetterAdmin.Path}/{dead["id"]}"), seen => seen["status"]!.GetValue<string>() == "resolved");
        Assert.NotEqual(message["event_id"]!.GetValue<Guid>(), letter["edit"]!["event_id"]!.GetValue<Guid>());
        var spans = await _traces.ReadWhenAsync(traceId, seen =>
            seen.Any(span => span.Name == "dlq.retry")
            && seen.Any(span => span.Text("dead_letter.retry_count") == "1" && span.Name == "kafka.consume"));
        var passed = spans.Single(span => span.Text("dead_letter.retry_count") == "1" && span.Name == "kafka.consume");
        var retry = spans.Single(span => span.SpanId == passed.ParentId);
        var consume = spans.Single(span => span.SpanId == retry.ParentId);
        Assert.Equal(("dlq.retry", "dlq.consume"), (retry.Name, consume.Name));
        Assert.Equal(letter["edit"]!["event_id"]!.GetValue<string>(), passed.Text("event.id"));
        Assert.Equal([$"{traceId}/{publish.SpanId}", $"{traceId}/{request.SpanId}"], consume.Links);
    }

    public void Dispose()
    {
        _admin.Dispose();
        _user.Dispose();
        _traces.Dispose();
    }

    private async Task<JsonNode> DeadOfSagasAsync(Guid executionId) => (await Eventually.SeesAsync(
        async () => (await _admin.ListAsync("?status=dead&consumer_group=saga-orchestrator"))
            .FirstOrDefault(letter => letter["execution_id"]?.GetValue<Guid>() == executionId),
        letter => letter is not null))!;

    private Task<IReadOnlyList<StoredSpan>> ReadAsync(JsonNode letter)
    {
        Assert.Equal(_traceId, letter["trace_id"]!.GetValue<string>());
        var count = letter["retry_count"]!.GetValue<int>();
        return _traces.ReadWhenAsync(_traceId, spans =>
            spans.Count(span => span.Name == "dlq.retry") == count
            && spans.All(span => span.ParentId == _producerSpan || spans.Any(parent => parent.SpanId == span.ParentId))
            && spans.Any(span => span.Name == "kafka.consume" && span.Text("dead_letter.retry_count") == $"{count}"));
    }

    private static StoredSpan LastRetried(IReadOnlyList<StoredSpan> spans) =>
        spans.Where(span => span.Name == "kafka.consume" && span.Text("dead_letter.retry_count") is not null)
            .Single(span => span.Text("error.type") is null);

    /// <summary>Three tries in place, each linked to the one before it.</summary>
    private void AssertTries(IReadOnlyList<StoredSpan> spans, StoredSpan last)
    {
        var tries = spans.Where(span => span.Name == "kafka.consume" && span.ParentId == last.ParentId && span.Text("event.id") == last.Text("event.id"))
            .OrderBy(span => span.Text("app.attempt") ?? "1").ToList();
        Assert.Equal([null, "2", "3"], tries.Select(span => span.Text("app.attempt")));
        Assert.Contains($"{_traceId}/{tries[0].SpanId}", tries[1].Links);
        Assert.Contains($"{_traceId}/{tries[1].SpanId}", tries[2].Links);
    }

    private static void AssertTransitions(JsonNode letter)
    {
        var transitions = letter["transitions"]!.AsArray();
        Assert.Equal(["pending", "scheduled", "retrying"], transitions.Take(3).Select(change => change!["to"]!.GetValue<string>()));
        Assert.Equal("resolved", transitions[^1]!["to"]!.GetValue<string>());
        Assert.Equal("saga-orchestrator", transitions[^1]!["by"]!.GetValue<string>());
        Assert.All(transitions, change => Assert.NotEmpty(change!["why"]!.GetValue<string>()));
    }
}
