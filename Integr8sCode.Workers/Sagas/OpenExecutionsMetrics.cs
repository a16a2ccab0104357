using System.Diagnostics.Metrics;
using Integr8sCode.Executions;

namespace Integr8sCode.Sagas;

/// <summary>How many executions are queued, scheduled and running: the depth of the platform's queue.</summary>
internal sealed partial class OpenExecutionsMetrics : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly IExecutionStore _executions;
    private readonly TimeProvider _clock;
    private readonly ILogger<OpenExecutionsMetrics> _logger;
    private IReadOnlyDictionary<ExecutionStatus, long> _open = new Dictionary<ExecutionStatus, long>();

    public OpenExecutionsMetrics(
        IExecutionStore executions, IMeterFactory meters, TimeProvider clock, ILogger<OpenExecutionsMetrics> logger)
    {
        (_executions, _clock, _logger) = (executions, clock, logger);
        meters.Create(Telemetry.SourceName).CreateObservableGauge(
            "integr8scode.executions.open", Measure, "{execution}", "Executions that have not ended, by status.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        do
        {
            try
            {
                _open = await _executions.CountOpenAsync(stoppingToken);
            }
            catch (StoreUnavailableException exception)
            {
                LogNotCounted(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private IEnumerable<Measurement<long>> Measure()
    {
        ExecutionStatus[] statuses = [ExecutionStatus.Queued, ExecutionStatus.Scheduled, ExecutionStatus.Running];
        return statuses.Select(status => new Measurement<long>(
            _open.GetValueOrDefault(status), new KeyValuePair<string, object?>(SpanAttributes.ExecutionStatus, SnakeCase.NameOf(status))));
    }

    [LoggerMessage(LogLevel.Warning, "Could not count open executions: the store is not available")]
    private partial void LogNotCounted(Exception exception);
}
