using Integr8sCode.LoadRuns;
using Integr8sCode.Local;

namespace Integr8sCode.Chaos;

/// <summary>
/// A platform to break: free ports, a folder of its own, every service comes back by itself, two workers so that one takes over from the other,
/// leases shorter than the longest stop, and a grace at the end shorter than the scripts.
/// </summary>
internal sealed class ChaosPlatform : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integr8scode-chaos-");

    private ChaosPlatform(OutputLine output) =>
        Platform = LocalPlatform.Create(new PlatformOptions(_folder.FullName)
        {
            Ports = PlatformPorts.Free,
            Replicas = new Dictionary<string, int> { [PlatformUnderLoad.Worker] = 2 },
            Output = output,
        }
            .With("DOTNET_ENVIRONMENT", "Production")
            .With("ApiKeys__Seed__0__RateLimitBypass", "true", Services.Backend)
            .With("Executions__Lease", "00:00:03", PlatformUnderLoad.Worker)
            .With("Executions__ShutdownGrace", "00:00:00.5", PlatformUnderLoad.Worker)
            .With("Sagas__StallTimeout", "00:00:05", "saga-orchestrator")
            .With("Sagas__OutcomeTimeout", "00:00:05", "saga-orchestrator")
            .With("Sagas__SweepInterval", "00:00:01", "saga-orchestrator"));

    public LocalPlatform Platform { get; }

    public static async Task<ChaosPlatform> StartAsync(OutputLine output, CancellationToken cancellationToken)
    {
        var chaos = new ChaosPlatform(output);
        try
        {
            await chaos.Platform.StartAsync(cancellationToken);
            using var user = new ApiUser(chaos.Platform.Api, chaos.Platform.Keys.User);
            await user.WaitForLanguagesAsync(cancellationToken);
            return chaos;
        }
        catch
        {
            await chaos.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Platform.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
