using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Sagas;

/// <summary>How users share one slot. Nothing runs before everything stands in line, so the order is the platform's and not the test's.</summary>
public sealed class AllocationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Users_take_turns_within_their_caps_and_each_by_priority()
    {
        await using var test = await SagaPlatform.StartWithoutWorkerAsync();
        using var crowd = SagaPlatform.UserOf(test);
        using var late = SagaPlatform.AdminOf(test);
        var first = await SagaPlatform.SubmitAsync(crowd, "execution.scheduled");
        var second = await SagaPlatform.SubmitAsync(crowd, "execution.scheduled");
        var low = await SagaPlatform.SubmitAsync(crowd, "execution.deferred", priority: "low");
        var normal = await SagaPlatform.SubmitAsync(crowd, "execution.deferred");
        var high = await SagaPlatform.SubmitAsync(crowd, "execution.deferred", priority: "high");
        var single = await SagaPlatform.SubmitAsync(late, "execution.scheduled");

        await test.Platform["execution-worker"].StartAsync(Stop);
        var started = new Dictionary<Guid, DateTimeOffset> { [single] = StartOf(await late.GetEndedAsync(single)) };
        foreach (var id in new[] { first, second, low, normal, high })
        {
            started[id] = StartOf(await crowd.GetEndedAsync(id));
        }

        Assert.Equal(first, started.MinBy(start => start.Value).Key);
        Assert.True(started[single] < started[second], "The late user's first waited for the crowd's second.");
        Assert.Equal([high, normal, low], new[] { low, normal, high }.OrderBy(id => started[id]));
    }

    [Fact]
    public async Task An_execution_that_waited_for_its_turn_goes_on_in_its_own_trace()
    {
        // What a sweep lets in is linked to no end, and on a slow machine it would be faster.
        await using var test = await SagaPlatform.StartWithoutWorkerAsync(
            options => options.With("Sagas__SweepInterval", "00:10:00", "saga-orchestrator"));
        using var user = SagaPlatform.UserOf(test);
        using var traces = new TraceReader(test.Platform.Traces);
        var first = await SagaPlatform.SubmitAsync(user, "execution.scheduled");
        var second = await SagaPlatform.SubmitAsync(user, "execution.scheduled");
        var deferred = await SagaPlatform.SubmitAsync(user, "execution.deferred");
        var waiting = await Eventually.SeesAsync(
            async () => (await user.GetAsync("/api/v1/sagas"))["items"]!.AsArray().SingleOrDefault(saga => saga!["saga_id"]!.GetValue<Guid>() == deferred),
            saga => saga is not null);
        Assert.Equal(("running", "allocate"), (waiting!["status"]!.GetValue<string>(), waiting["step"]!.GetValue<string>()));

        await test.Platform["execution-worker"].StartAsync(Stop);
        var ended = await user.GetEndedAsync(deferred);
        var spans = await ReadAsync(traces, ended);

        var byId = spans.ToDictionary(span => span.SpanId);
        var allocations = spans.Where(span => span.Text("saga.step") == "allocate").ToList();
        Assert.Contains(allocations, span => span.Text("saga.allocated") == "false" && byId[span.ParentId!].Name == "kafka.consume");
        var admitted = allocations.Single(span => span.Text("saga.allocated") == "true");
        Assert.Equal("POST /api/v1/execute", byId[admitted.ParentId!].Name);
        var published = spans.Single(span => span.Name == "kafka.publish" && span.Text("event.type") == "execution.scheduled");
        Assert.Equal(("schedule", admitted.SpanId), (byId[published.ParentId!].Text("saga.step"), byId[published.ParentId!].ParentId));
        Assert.All(spans.Where(span => span.ParentId is not null), span => Assert.Contains(span.ParentId!, byId.Keys));

        // It links to the end that made way.
        var raw = (await traces.GetAsync($"/api/traces/{ended["trace_id"]!.GetValue<string>()}"))["data"]![0]!["spans"]!.AsArray();
        var link = raw.Single(span => span!["spanID"]!.GetValue<string>() == admitted.SpanId)!["references"]!.AsArray()
            .Single(reference => reference!["refType"]!.GetValue<string>() == "FOLLOWS_FROM")!;
        string[] madeWay = [await TraceOfAsync(user, first), await TraceOfAsync(user, second)];
        Assert.Contains(link["traceID"]!.GetValue<string>(), madeWay);
    }

    private static Task<IReadOnlyList<StoredSpan>> ReadAsync(TraceReader traces, JsonNode ended) => traces.ReadWhenAsync(
        ended["trace_id"]!.GetValue<string>(),
        spans => spans.Any(span => span.Text("saga.step") == "await_outcome")
            && spans.Any(span => span.Name == "kafka.publish" && span.Text("event.type") == "result.stored")
            && spans.All(span => span.ParentId is null || spans.Any(other => other.SpanId == span.ParentId)));

    private static async Task<string> TraceOfAsync(ApiUser user, Guid id) => (await user.GetAsync(id))["trace_id"]!.GetValue<string>();

    private static DateTimeOffset StartOf(JsonNode execution) => execution["timestamps"]!["started_at"]!.GetValue<DateTimeOffset>();
}
