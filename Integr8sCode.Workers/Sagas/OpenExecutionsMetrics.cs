using System.Diagnostics.Metrics;
using Integr8sCode.Executions;
using Integr8sCode.Storage;

namespace Integr8sCode.Sagas;

/// <summary>How many executions are queued, scheduled and running: the depth of the platform's queue.</summary>
internal sealed class OpenExecutionsMetrics : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly IExecutionStore _executions;
    private readonly TimeProvider _clock;
    private readonly StoreOutage _outage;
    private IReadOnlyDictionary<ExecutionStatus, long> _open = new Dictionary<ExecutionStatus, long>();

    public OpenExecutionsMetrics(
        IExecutionStore executions, IMeterFactory meters, TimeProvider clock, ILogger<OpenExecutionsMetrics> logger)
    {
        (_executions, _clock, _outage) = (executions, clock, new(logger, "open executions are not counted"));
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
                _outage.IsOver();
            }
            catch (StoreUnavailableException exception)
            {
                _outage.Goes(exception);
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
}
