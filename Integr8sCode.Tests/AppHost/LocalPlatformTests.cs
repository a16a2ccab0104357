using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.AppHost;

public sealed class LocalPlatformTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_left_out_can_be_started_later()
    {
        await using var test = await PlatformUnderTest.StartAsync(
            options => options with { Without = Services.Roles.ToHashSet() }, Cancelled);
        var worker = test.Platform["execution-worker"];
        Assert.NotNull(await HealthProbe.FindProblemAsync(worker.Address, Cancelled));

        await worker.StartAsync(Cancelled);

        Assert.Null(await HealthProbe.FindProblemAsync(worker.Address, Cancelled));
    }

    [Fact]
    public async Task Replicas_are_numbered_and_share_the_services_variables()
    {
        await using var test = await PlatformUnderTest.StartAsync(
            options => (options with
            {
                Without = Services.Roles.Except(["execution-worker"]).ToHashSet(),
                Replicas = new Dictionary<string, int> { ["execution-worker"] = 2 },
            }).With("MARK", "here", service: "execution-worker"),
            Cancelled);

        Assert.Contains("MARK=here", EnvironmentOf(test.Platform["execution-worker-1"]));
        Assert.Contains("MARK=here", EnvironmentOf(test.Platform["execution-worker-2"]));
        Assert.DoesNotContain("MARK=here", EnvironmentOf(test.Platform[Services.Backend]));
    }

    [Fact]
    public async Task Only_the_backend_gets_the_keys()
    {
        await using var test = await PlatformUnderTest.StartAsync(options => options, Cancelled);

        var informed = test.Platform.All.Where(service => string.Join('\n', EnvironmentOf(service)).Contains(test.Platform.Keys.Admin, StringComparison.Ordinal));

        Assert.Equal(Services.Backend, Assert.Single(informed).Name);
    }

    private static string[] EnvironmentOf(Service service) => File.ReadAllText($"/proc/{service.ProcessId}/environ").Split('\0');
}
