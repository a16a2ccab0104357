using Integr8sCode.Executions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Sandboxing;

public sealed class RefusalTests
{
    public RefusalTests() => Assert.SkipWhen(SandboxHost.MissingPart is not null, SandboxHost.MissingPart ?? "");

    [Fact]
    public async Task A_worker_without_bubblewrap_refuses_to_serve_and_says_why()
    {
        await using var host = await SandboxHost.StartAsync(new() { ["Sandbox:Bubblewrap"] = "/nonexistent/bwrap" });

        var refused = await Assert.ThrowsAsync<SandboxUnavailableException>(async () => await host.Pool.RentAsync(TestContext.Current.CancellationToken));
        Assert.Contains("/nonexistent/bwrap", refused.Message, StringComparison.Ordinal);
        var health = await HealthAsync(host);
        Assert.Equal((HealthStatus.Unhealthy, refused.Message), (health.Status, health.Description));
    }

    [Fact]
    public async Task A_worker_whose_sandbox_shows_the_host_refuses_to_serve()
    {
        await using var host = await SandboxHost.StartAsync(new() { ["Sandbox:ReadOnlyPaths:0"] = "/var" });

        var refused = await Assert.ThrowsAsync<SandboxUnavailableException>(async () => await host.Pool.RentAsync(TestContext.Current.CancellationToken));
        Assert.Contains("files of the host cannot be read", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_working_sandbox_is_healthy_and_offers_what_is_installed()
    {
        await using var host = await SandboxHost.StartAsync([]);
        await host.Pool.Ready;

        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(host)).Status);
        var bash = host.Catalog.Find("bash", version: null)!;
        Assert.Matches(@"^\d+\.\d+", bash.Version);
        Assert.Same(bash, host.Catalog.Find("bash", bash.Version.Split('.')[0]));
        Assert.Null(host.Catalog.Find("bash", "0.9"));
        Assert.Null(host.Catalog.Find("cobol", version: null));
    }

    [Theory]
    [InlineData("Sandbox:Slots", "-1")]
    [InlineData("Sandbox:FirstUserId", "0")]
    [InlineData("Sandbox:Limits:Wall", "10:00:00")]
    [InlineData("Sandbox:Minimum:MemoryBytes", "99999999999999")]
    public async Task A_wrong_option_stops_the_worker_at_start(string name, string value) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => SandboxHost.StartAsync(new() { [name] = value }));

    [Fact]
    public async Task A_sandbox_that_cannot_be_prepared_is_a_sandbox_error_with_its_reason()
    {
        await using var host = await SandboxHost.StartAsync(new() { ["Sandbox:Slots"] = "1" });
        await using var slot = await host.Pool.RentAsync(TestContext.Current.CancellationToken);
        File.Delete(Directory.GetFiles(host.Folder, "seccomp.bpf", SearchOption.AllDirectories).Single());

        var run = host.Script("bash", "echo never");
        var result = await slot.RunAsync(run with { Limits = run.Limits with { TemporaryDiskBytes = 2 << 20 } }, TestContext.Current.CancellationToken);

        Assert.Equal((RunOutcome.SandboxError, 0, 0), (result.Outcome, result.Stdout.Bytes.Length, result.Stderr.Bytes.Length));
        Assert.Contains("seccomp.bpf", result.Error, StringComparison.Ordinal);
    }

    private static async Task<HealthReportEntry> HealthAsync(SandboxHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["sandbox"];
}
