using Integr8sCode.Local;

namespace Integr8sCode.LoadRuns;

/// <summary>A platform for one run: free ports, a folder of its own, as in production, and no service that comes back by itself.</summary>
internal sealed class PlatformUnderLoad : IAsyncDisposable
{
    public const string Worker = "execution-worker";

    /// <summary>The roles that work on what was accepted, so that without them only accepting is measured.</summary>
    public static readonly IReadOnlySet<string> Consumers = new HashSet<string> { "saga-orchestrator", "result-processor" };

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integr8scode-load-");

    private PlatformUnderLoad(Func<PlatformOptions, PlatformOptions> configure)
    {
        var options = new PlatformOptions(_folder.FullName) { Ports = PlatformPorts.Free, RestartCrashed = false };
        Platform = LocalPlatform.Create(configure(options
            .With("DOTNET_ENVIRONMENT", "Production")
            .With("ApiKeys__Seed__0__RateLimitBypass", "true", Services.Backend)
            .With("Sagas__RunningCap", "0"))); // all callers are one user
        User = new ApiUser(Platform.Api, Platform.Keys.User);
    }

    public LocalPlatform Platform { get; }

    public ApiUser User { get; }

    /// <summary>What runs when only accepting is measured.</summary>
    public IReadOnlyList<Service> Running => [Platform[Services.Backend], Platform[Services.Broker], Platform[Services.TraceStore]];

    /// <summary>Starts it and returns when it knows which languages it runs.</summary>
    public static async Task<PlatformUnderLoad> StartAsync(Func<PlatformOptions, PlatformOptions> configure, CancellationToken cancellationToken)
    {
        var load = new PlatformUnderLoad(configure);
        try
        {
            await load.Platform.StartAsync(cancellationToken);
            await load.User.WaitForLanguagesAsync(cancellationToken);
            return load;
        }
        catch
        {
            await load.DisposeAsync();
            throw;
        }
    }

    /// <summary>Callers that submit scripts with the user's key.</summary>
    public ClosedLoop Callers() => new(new(Platform.Api, "/api/v1/execute"), Platform.Keys.User);

    /// <returns>Of the accepted executions that the callers kept, the share whose trace has every span.</returns>
    public Task<double> MeasureTracedAsync(ClosedLoop callers, CancellationToken cancellationToken) =>
        new TraceCheck(Platform.Traces).MeasureAsync(callers.Answers, cancellationToken);

    public Task StopAsync(string service) => Platform[service].StopAsync(StopLimit);

    public async ValueTask DisposeAsync()
    {
        User.Dispose();
        await Platform.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
