using System.Diagnostics;
using Integr8sCode.DeadLetters;
using Integr8sCode.Infrastructure;
using Integr8sCode.Replays;

namespace Integr8sCode.AppHost;

/// <summary>What must be so on every running platform, however it was started.</summary>
public abstract class FlowScenarios
{
    private static readonly string[] Steps =
    [
        "integr8scode-backend POST /api/v1/execute", "integr8scode-backend kafka.publish", "saga-orchestrator kafka.consume",
        "saga-orchestrator saga.step", "execution-worker kafka.consume", "execution-worker sandbox.run", "result-processor kafka.consume",
    ];

    private protected abstract ITestPlatform Platform { get; }

    [Fact]
    public async Task A_script_runs_and_one_trace_has_every_step_of_it()
    {
        using var user = new ApiUser(Platform.Api, Platform.UserKey);
        using var traces = new TraceReader(Platform.Traces);

        var ended = await user.GetEndedAsync(await user.SubmitAsync("print(6*7)"));
        var spans = await traces.ReadWhenAsync(
            ended["trace_id"]!.GetValue<string>(),
            seen => Steps.All(step => seen.Any(span => $"{span.Service} {span.Name}" == step)));

        Assert.Equal(("completed", "42\n"), (ended["status"]!.GetValue<string>(), ended["stdout"]!.GetValue<string>()));
        Assert.Equal("POST /api/v1/execute", Assert.Single(spans, span => span.ParentId is null).Name);
    }

    [Fact]
    public async Task A_message_that_no_handler_takes_is_retried_in_its_trace_until_one_does()
    {
        using var admin = new DeadLetterAdmin(Platform.Api, Platform.AdminKey, Platform.Kafka);
        using var user = new ApiUser(Platform.Api, Platform.UserKey);
        using var traces = new TraceReader(Platform.Traces);
        var traceId = ActivityTraceId.CreateRandom().ToHexString();
        var traceParent = $"00-{traceId}-{ActivitySpanId.CreateRandom().ToHexString()}-01";
        await admin.PutPolicyAsync("fixed_interval", maxRetries: 50, baseDelaySeconds: 2);
        var (executionId, message) = await DeadLetterAdmin.NewFailingAsync(user);

        await admin.SendAsync(message, traceParent);
        await admin.GetLetterAsync(executionId, "scheduled");
        await admin.SendAsync(DeadLetterAdmin.Requested(executionId), traceParent); // now the execution exists
        await admin.GetLetterAsync(executionId, "resolved");

        var spans = await traces.ReadAsync(traceId, span => span.Name == "dlq.retry");
        Assert.Contains(spans, span => span is { Service: "dlq-processor", Name: "dlq.consume" });
    }

    [Fact]
    public async Task A_replay_repeats_an_executions_messages_in_its_trace()
    {
        using var user = new ApiUser(Platform.Api, Platform.UserKey);
        using var replays = new ReplayUser(Platform.Api, Platform.AdminKey);
        using var traces = new TraceReader(Platform.Traces);
        var ended = await user.GetEndedAsync(await user.SubmitAsync("print(1)"));
        var id = ended["execution_id"]!.GetValue<Guid>();
        var events = await user.ListEventTypesAsync(id);

        var done = await replays.GetInAsync(await replays.StartAsync(new { filter = new { execution_id = id } }), "completed");

        Assert.Equal(events.Length, ReplayUser.CountOf(done));
        await traces.ReadWhenAsync(
            ended["trace_id"]!.GetValue<string>(), seen => seen.Count(span => span.Name == "replay.publish") == events.Length);
        Assert.Equal(events, await user.ListEventTypesAsync(id));
    }
}
