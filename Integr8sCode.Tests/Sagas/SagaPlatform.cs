using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.Sagas;

/// <summary>A platform on which users soon have to wait: one slot, two executions a user, leases and sweeps of seconds.</summary>
internal static class SagaPlatform
{
    public const int Cap = 2;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task<PlatformUnderTest> StartAsync(Func<PlatformOptions, PlatformOptions>? configure = null) => PlatformUnderTest.StartAsync(
        options => PlatformUnderTest.MainFlowOnly((configure ?? (same => same))(options
            .With("Sagas__RunningCap", $"{Cap}", "saga-orchestrator")
            .With("Sagas__SweepInterval", "00:00:00.5", "saga-orchestrator")
            .With("Executions__Lease", "00:00:02", "execution-worker")
            .With("Sandbox__Slots", "1", "execution-worker"))),
        Stop);

    /// <summary>One whose worker has told what it runs and is gone: everything is accepted and nothing runs.</summary>
    public static async Task<PlatformUnderTest> StartWithoutWorkerAsync(Func<PlatformOptions, PlatformOptions>? configure = null)
    {
        var test = await StartAsync(options => (configure ?? (same => same))(options) with { Without = new HashSet<string> { "execution-worker" } });
        var worker = test.Platform["execution-worker"];
        await worker.StartAsync(Stop);
        await worker.StopAsync(TimeSpan.FromSeconds(5));
        return test;
    }

    public static ApiUser UserOf(PlatformUnderTest test) => new(test.Platform.Api, test.Platform.Keys.User);

    public static ApiUser AdminOf(PlatformUnderTest test) => new(test.Platform.Api, test.Platform.Keys.Admin);

    /// <summary>Submits and waits until the saga has come as far as it can.</summary>
    public static async Task<Guid> SubmitAsync(ApiUser user, string reached, string script = "echo 1", string priority = "normal")
    {
        var id = await user.SubmitAsync(new { script, language = "bash", priority });
        await Eventually.SeesAsync(() => user.ListEventTypesAsync(id), types => types.Contains(reached));
        return id;
    }
}
