using System.Diagnostics.Metrics;
using Integr8sCode.Events;
using Integr8sCode.Storage;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Executions;

/// <summary>How many events wait for Kafka: asked of the store once a second, never for a request.</summary>
internal sealed partial class SubmissionBacklog : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly IEventStore _events;
    private readonly TimeProvider _clock;
    private readonly ILogger<SubmissionBacklog> _logger;
    private readonly StoreOutage _outage;
    private readonly Counter<long> _refused;
    private long _count;

    public SubmissionBacklog(
        IEventStore events, IOptions<SubmissionOptions> options, TimeProvider clock, IMeterFactory meters, ILogger<SubmissionBacklog> logger)
    {
        (_events, _clock, _logger, _outage) = (events, clock, logger, new(logger, "the backlog is the one known last"));
        Cap = options.Value.BacklogCap;
        var meter = meters.Create(Telemetry.SourceName);
        meter.CreateObservableGauge("integr8scode.submissions.backlog", () => Count, "{event}", "Events that wait for Kafka; above the cap nothing is accepted.");
        _refused = meter.CreateCounter<long>("integr8scode.submissions.refused", "{request}", "Requests refused because of the backlog.");
    }

    public long Cap { get; }

    public long Count => Volatile.Read(ref _count);

    /// <summary>True while nothing more is accepted.</summary>
    public bool IsFull => Count > Cap;

    public void Refused() => _refused.Add(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        do
        {
            try
            {
                Note((await _events.MeasureBacklogAsync(stoppingToken)).Count);
                _outage.IsOver();
            }
            catch (StoreUnavailableException exception)
            {
                _outage.Goes(exception); // nothing can be accepted without the store anyway
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Note(long count)
    {
        var wasFull = IsFull;
        Volatile.Write(ref _count, count);
        if (IsFull && !wasFull)
        {
            LogFull(count, Cap);
        }
        else if (wasFull && !IsFull)
        {
            LogRoom(count);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} events wait for Kafka, more than {Cap}: executions are refused until it takes them")]
    private partial void LogFull(long count, long cap);

    [LoggerMessage(LogLevel.Information, "{Count} events wait for Kafka: executions are accepted again")]
    private partial void LogRoom(long count);
}
