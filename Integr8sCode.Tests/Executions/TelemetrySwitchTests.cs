using Integr8sCode.Infrastructure;

namespace Integr8sCode.Executions;

/// <summary>Without traces, or with nobody to take them, the platform works the same and stays quiet about it.</summary>
public sealed class TelemetrySwitchTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string?> Switches => new()
    {
        { "OTEL_SDK_DISABLED", "true" },
        { "OTEL_TRACES_SAMPLER", "always_off" },
        { "OTEL_TRACES_EXPORTER", "none" },
        { "OTEL_EXPORTER_OTLP_ENDPOINT", null },
        { "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9" }, // the discard port: nobody listens
    };

    [Theory, MemberData(nameof(Switches))]
    public async Task The_platform_works_the_same_and_exports_nothing(string variable, string? value)
    {
        await using var test = await PlatformUnderTest.StartAsync(options => PlatformUnderTest.MainFlowOnly(options).With(variable, value), Stop);
        using var user = new ApiUser(test.Platform.Api, test.Platform.Keys.User);
        using var traces = new TraceReader(test.Platform.Traces);

        var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => user.SubmitAsync($"echo {i}", "bash")));
        var ended = await Task.WhenAll(ids.Select(user.GetEndedAsync));

        Assert.All(ended, execution => Assert.Equal("completed", execution["status"]!.GetValue<string>()));
        foreach (var service in new[] { "integr8scode-backend", "saga-orchestrator", "execution-worker", "result-processor" })
        {
            await test.Platform[service].StopAsync(TimeSpan.FromSeconds(10)); // a stop flushes what there is to export
        }

        Assert.Empty((await traces.GetAsync("/api/services"))["data"]!.AsArray());
        Assert.DoesNotContain(test.Platform.All.SelectMany(service => service.Log.Lines), IsNoise);
    }

    [Fact]
    public async Task With_the_sdk_disabled_a_callers_context_still_reaches_kafka()
    {
        const string Caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        await using var test = await PlatformUnderTest.StartAsync(options => PlatformUnderTest.MainFlowOnly(options).With("OTEL_SDK_DISABLED", "true"), Stop);
        using var user = new ApiUser(test.Platform.Api, test.Platform.Keys.User);
        user.Http.DefaultRequestHeaders.Add("traceparent", Caller);

        var ended = await user.GetEndedAsync(await user.SubmitAsync("echo 1", "bash"));

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", ended["trace_id"]!.GetValue<string>());
    }

    private static bool IsNoise(string line) =>
        line.Contains(" warn ", StringComparison.Ordinal)
        || line.Contains(" crit ", StringComparison.Ordinal)
        || line.Contains(" fail ", StringComparison.Ordinal);
}
