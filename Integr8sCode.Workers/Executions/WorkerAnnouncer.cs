using Integr8sCode.Sandboxing;
using Integr8sCode.Sandboxing.Languages;
using Integr8sCode.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integr8sCode.Executions;

/// <summary>Tells the store what this worker can run, again and again while it lives; it is healthy once it has told it.</summary>
internal sealed class WorkerAnnouncer(
    IWorkerStore workers, SandboxPool pool, Worker worker, ILogger<WorkerAnnouncer> logger)
    : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly StoreOutage _outage = new(logger, "this worker is not announced");
    private volatile bool _announced;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_announced
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("This worker has not yet told the store what it can run."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A worker whose sandbox refuses to serve has nothing to announce; its health says why.
        await pool.Ready.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!pool.Ready.IsCompletedSuccessfully)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, worker.Clock);
        do
        {
            try
            {
                await workers.AnnounceAsync(Announcement(), stoppingToken);
                _announced = true;
                _outage.IsOver();
            }
            catch (StoreUnavailableException exception)
            {
                _outage.Goes(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private WorkerAnnouncement Announcement() => new(
        worker.Id, pool.Slots, [.. worker.Languages.Languages.Select(Describe)], worker.Clock.GetUtcNow() + (3 * Interval));

    private LanguageDescription Describe(Language language)
    {
        var limits = language.Limits;
        return new(language.Name, language.Version, language.FileName, language.Example, new(
            limits.Wall.TotalSeconds,
            Math.Min(ExecutionRequest.MaxTimeoutSeconds, pool.Options.Maximum.Wall.TotalSeconds),
            limits.Cpu.TotalSeconds,
            limits.MemoryBytes,
            limits.Processes,
            limits.OutputBytes,
            limits.TemporaryDiskBytes,
            limits.OpenFiles,
            limits.FileSizeBytes))
        {
            Minimum = RunLimits.Describe(pool.Options.Minimum),
            Maximum = RunLimits.Describe(pool.Options.Maximum),
            EnvironmentNames = [.. pool.Options.EnvironmentNames.Order(StringComparer.Ordinal)],
            CompileLimits = language.Compile is { } compile ? RunLimits.Describe(compile.Limits) : null,
        };
    }
}
