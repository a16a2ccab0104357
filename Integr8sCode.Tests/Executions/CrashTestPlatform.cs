using System.Text.Json.Nodes;
using Integr8sCode.Events;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Executions;

/// <summary>A platform to kill parts of: leases and sweeps are short, so that it recovers within a test's patience.</summary>
internal static class CrashTestPlatform
{
    public static Task<PlatformUnderTest> StartAsync(Func<PlatformOptions, PlatformOptions>? configure = null) =>
        PlatformUnderTest.StartAsync(
            options => PlatformUnderTest.MainFlowOnly((configure ?? (same => same))(options
                .With("Executions__Lease", "00:00:02", "execution-worker")
                .With("Sagas__StallTimeout", "00:00:02", "saga-orchestrator")
                .With("Sagas__SweepInterval", "00:00:00.5", "saga-orchestrator"))),
            TestContext.Current.CancellationToken);

    public static ApiUser UserOf(PlatformUnderTest test) => new(test.Platform.Api, test.Platform.Keys.User);

    /// <summary>Waits for the end and asserts that it, and every step that must not repeat, is there exactly once.</summary>
    public static async Task<JsonNode> AssertEndsOnceAsync(ApiUser user, Guid id, string status = "completed")
    {
        var ended = await user.GetEndedAsync(id);
        var events = await user.ListEventTypesAsync(id);

        Assert.Equal(status, ended["status"]!.GetValue<string>());
        Assert.Single(events, EventTypes.IsTerminal);
        Assert.Single(events, type => type == EventTypes.ExecutionScheduled);
        Assert.Single(events, type => type == EventTypes.ResultStored);

        return ended;
    }
}
