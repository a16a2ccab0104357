using System.Net;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Traces;

/// <summary>What the API answers about traces when the trace backend does not help.</summary>
public sealed class TraceBackendTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_trace_store_executions_go_on_and_timelines_are_a_503()
    {
        await using var test = await PlatformUnderTest.StartAsync(PlatformUnderTest.MainFlowOnly, Stop);
        using var user = new ApiUser(test.Platform.Api, test.Platform.Keys.User);
        using var admin = new ApiUser(test.Platform.Api, test.Platform.Keys.Admin);
        await test.Platform["trace-store"].StopAsync(TimeSpan.FromSeconds(10));

        var id = await user.SubmitAsync("echo 1", "bash");
        var ended = await user.GetEndedAsync(id);
        using var timeline = await user.Http.GetAsync($"/api/v1/executions/{id}/trace", Stop);
        using var summary = await admin.Http.GetAsync("/api/v1/traces/summary", Stop);

        Assert.Equal("completed", ended["status"]!.GetValue<string>());
        await AssertAwayAsync(timeline);
        await AssertAwayAsync(summary);
    }

    [Fact]
    public async Task A_sampled_trace_that_the_backend_does_not_have_may_still_come_and_later_has_expired()
    {
        await using var test = await PlatformUnderTest.StartAsync(
            options => PlatformUnderTest.MainFlowOnly(options).With("OTEL_TRACES_EXPORTER", "none").With("Traces__ArrivalLimit", "00:00:00"), Stop);
        using var user = new ApiUser(test.Platform.Api, test.Platform.Keys.User);

        var id = await user.SubmitAsync("import time; time.sleep(60)");
        using var early = await user.Http.GetAsync($"/api/v1/executions/{id}/trace", Stop);
        using var cancelled = await user.PostAsync($"/api/v1/executions/{id}/cancel");
        await user.GetEndedAsync(id);
        using var late = await user.Http.GetAsync($"/api/v1/executions/{id}/trace", Stop);

        await AssertMissingAsync(early, "not_yet");
        await AssertMissingAsync(late, "expired");
        Assert.True(early.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Null(late.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_trace_that_was_not_sampled_is_a_404_that_says_so()
    {
        await using var test = await PlatformUnderTest.StartAsync(
            options => PlatformUnderTest.MainFlowOnly(options).With("OTEL_TRACES_SAMPLER", "always_off"), Stop);
        using var user = new ApiUser(test.Platform.Api, test.Platform.Keys.User);

        using var timeline = await user.Http.GetAsync($"/api/v1/executions/{await user.SubmitAsync("echo 1", "bash")}/trace", Stop);

        await AssertMissingAsync(timeline, "not_sampled");
    }

    private static async Task AssertMissingAsync(HttpResponseMessage response, string reason)
    {
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(reason, (await ApiUser.ReadAsync(response))["reason"]!.GetValue<string>());
    }

    private static async Task AssertAwayAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Contains("trace backend", (await ApiUser.ReadAsync(response))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
