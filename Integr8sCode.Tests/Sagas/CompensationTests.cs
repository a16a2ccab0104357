using System.Net;
using System.Text.Json.Nodes;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Sagas;

/// <summary>Every end that is no success is compensated, says so in its trace, and makes room.</summary>
public sealed class CompensationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancelling_works_in_every_state_and_leaves_the_slot_to_the_next()
    {
        await using var test = await SagaPlatform.StartAsync();
        using var user = SagaPlatform.UserOf(test);
        using var traces = new TraceReader(test.Platform.Traces);
        var running = await SagaPlatform.SubmitAsync(user, "execution.started", "sleep 300");
        var scheduled = await SagaPlatform.SubmitAsync(user, "execution.scheduled");
        var queued = await SagaPlatform.SubmitAsync(user, "execution.deferred");
        var next = await SagaPlatform.SubmitAsync(user, "execution.deferred", "echo next");

        Assert.Equal(HttpStatusCode.OK, await CancelAsync(user, $"executions/{queued}"));
        Assert.Equal(HttpStatusCode.OK, await CancelAsync(user, $"sagas/{scheduled}"));
        Assert.Equal(HttpStatusCode.Accepted, await CancelAsync(user, $"executions/{running}"));

        Assert.Equal(
            ["execution.requested", "execution.deferred", "execution.cancelled", "result.stored"], await EndAsync(user, queued, "cancelled"));
        Assert.Equal(
            ["execution.requested", "execution.scheduled", "execution.cancelled", "result.stored"], await EndAsync(user, scheduled, "cancelled"));
        Assert.Contains("execution.cancel_requested", await EndAsync(user, running, "cancelled"));
        Assert.Equal(HttpStatusCode.Conflict, await CancelAsync(user, $"executions/{running}"));
        Assert.Equal(HttpStatusCode.Conflict, await CancelAsync(user, $"sagas/{running}"));
        await EndAsync(user, next, "completed");

        Assert.DoesNotContain(await ReadCompensatedAsync(user, traces, queued), span => span.Name == "sandbox.run");
        Assert.DoesNotContain(await ReadCompensatedAsync(user, traces, scheduled), span => span.Name == "sandbox.run");
        var run = (await ReadCompensatedAsync(user, traces, running)).Single(span => span.Name == "sandbox.run");
        Assert.Equal("cancelled", run.Text("sandbox.outcome"));
    }

    [Fact]
    public async Task A_script_that_fails_or_takes_too_long_is_compensated()
    {
        await using var test = await SagaPlatform.StartAsync();
        using var user = SagaPlatform.UserOf(test);
        using var traces = new TraceReader(test.Platform.Traces);
        var late = await user.SubmitAsync(new { script = "sleep 300", language = "bash", timeout_seconds = 1 });
        var failed = await user.SubmitAsync(new { script = "yes", language = "bash", limits = new { output_bytes = 4096 } });

        await EndAsync(user, late, "timeout");
        await EndAsync(user, failed, "failed");

        await ReadCompensatedAsync(user, traces, late);
        await ReadCompensatedAsync(user, traces, failed);
    }

    [Fact]
    public async Task What_waits_for_too_long_ends_as_timeout_though_no_worker_is_left()
    {
        await using var test = await SagaPlatform.StartWithoutWorkerAsync(
            options => options.With("Sagas__QueueTimeout", "00:00:05", "saga-orchestrator"));
        using var user = SagaPlatform.UserOf(test);
        using var traces = new TraceReader(test.Platform.Traces);
        Guid[] ids =
        [
            await SagaPlatform.SubmitAsync(user, "execution.scheduled"), await SagaPlatform.SubmitAsync(user, "execution.scheduled"),
            await SagaPlatform.SubmitAsync(user, "execution.deferred"),
        ];

        foreach (var id in ids)
        {
            Assert.DoesNotContain("execution.started", await EndAsync(user, id, "timeout"));
            await ReadCompensatedAsync(user, traces, id);
        }
    }

    [Fact]
    public async Task A_run_to_cancel_ends_as_cancelled_though_its_worker_is_gone()
    {
        await using var test = await SagaPlatform.StartAsync();
        using var user = SagaPlatform.UserOf(test);
        var id = await SagaPlatform.SubmitAsync(user, "execution.started", "sleep 300");
        await test.Platform["execution-worker"].KillAsync();

        Assert.Equal(HttpStatusCode.Accepted, await CancelAsync(user, $"executions/{id}"));

        await EndAsync(user, id, "cancelled");
    }

    [Fact]
    public async Task An_orchestrator_killed_between_its_steps_goes_on_where_it_was()
    {
        await using var test = await SagaPlatform.StartWithoutWorkerAsync();
        using var user = SagaPlatform.UserOf(test);
        var orchestrator = test.Platform["saga-orchestrator"];
        var ids = new List<Guid>();
        foreach (var reached in new[] { "execution.scheduled", "execution.scheduled", "execution.deferred", "execution.deferred" })
        {
            ids.Add(await SagaPlatform.SubmitAsync(user, reached)); // the step is done, its saga perhaps not saved yet
            await orchestrator.KillAsync();
            await orchestrator.StartAsync(Stop);
        }

        await orchestrator.KillAsync();
        await test.Platform["execution-worker"].StartAsync(Stop);
        await user.GetEndedAsync(ids[0]);
        await user.GetEndedAsync(ids[1]); // both ends wait for the orchestrator, and so do those whose turn it is
        await orchestrator.StartAsync(Stop);

        foreach (var id in ids)
        {
            Assert.Single(await EndAsync(user, id, "completed"), type => type == "execution.scheduled");
        }
    }

    private static async Task<HttpStatusCode> CancelAsync(ApiUser user, string what)
    {
        using var response = await user.PostAsync($"/api/v1/{what}/cancel");
        return response.StatusCode;
    }

    /// <summary>Waits until the execution and its saga have ended alike.</summary>
    /// <returns>Its events.</returns>
    private static async Task<string[]> EndAsync(ApiUser user, Guid id, string status)
    {
        Assert.Equal(status, (await user.GetEndedAsync(id))["status"]!.GetValue<string>());
        var saga = await Eventually.SeesAsync(() => SagaOfAsync(user, id), saga => saga["deadline"] is null);
        Assert.Equal(status, saga["status"]!.GetValue<string>());
        Assert.Equal(status == "completed" ? [] : ["allocate"], saga["compensated_steps"]!.AsArray().Select(step => step!.GetValue<string>()));

        return await user.ListEventTypesAsync(id);
    }

    private static Task<JsonNode> SagaOfAsync(ApiUser user, Guid id) => user.GetAsync($"/api/v1/executions/{id}/saga");

    /// <summary>The whole trace of an execution, in which the allocation is given back once and nothing is an orphan.</summary>
    private static async Task<IReadOnlyList<StoredSpan>> ReadCompensatedAsync(ApiUser user, TraceReader traces, Guid id)
    {
        var trace = (await user.GetAsync(id))["trace_id"]!.GetValue<string>();
        var spans = await traces.ReadWhenAsync(trace, seen =>
            seen.Any(IsCompensating) && seen.All(span => span.ParentId is null || seen.Any(other => other.SpanId == span.ParentId)));
        var compensating = spans.Where(IsCompensating).ToList();

        Assert.All(compensating, span => Assert.Equal(("allocate", $"{id}"), (span.Text("saga.step"), span.Text("saga.id"))));
        Assert.All(compensating, span => Assert.Equal("await_outcome", spans.Single(s => s.SpanId == span.ParentId).Text("saga.step")));
        return spans;
    }

    private static bool IsCompensating(StoredSpan span) => span.Text("saga.compensating") == "true";
}
