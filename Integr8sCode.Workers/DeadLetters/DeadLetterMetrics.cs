using System.Diagnostics.Metrics;
using Integr8sCode.Storage;

namespace Integr8sCode.DeadLetters;

/// <summary>How many dead letters there are, by topic and status, and how old the oldest open one is.</summary>
internal sealed class DeadLetterMetrics : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly IDeadLetterStore _letters;
    private readonly TimeProvider _clock;
    private readonly StoreOutage _outage;
    private IReadOnlyList<DeadLetterCount> _counts = [];

    public DeadLetterMetrics(IDeadLetterStore letters, IMeterFactory meters, TimeProvider clock, ILogger<DeadLetterMetrics> logger)
    {
        (_letters, _clock, _outage) = (letters, clock, new(logger, "dead letters are not counted"));
        var meter = meters.Create(Telemetry.SourceName);
        meter.CreateObservableGauge(
            "integr8scode.dead_letters.kept", ObserveCounts, "{message}", "Dead letters in the store, by topic and status.");
        meter.CreateObservableGauge(
            "integr8scode.dead_letters.oldest", ObserveOldest, "s", "Time since the first failure of the oldest letter that is not closed.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        do
        {
            try
            {
                _counts = await _letters.CountAsync(new(), stoppingToken);
                _outage.IsOver();
            }
            catch (StoreUnavailableException exception)
            {
                _outage.Goes(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private IEnumerable<Measurement<long>> ObserveCounts() => _counts
        .GroupBy(count => (count.Topic, count.Status))
        .Select(alike => new Measurement<long>(
            alike.Sum(count => count.Count),
            new(SpanAttributes.MessagingDestination, alike.Key.Topic),
            new(SpanAttributes.DeadLetterStatus, SnakeCase.NameOf(alike.Key.Status))));

    private IEnumerable<Measurement<double>> ObserveOldest() => _counts
        .Where(count => !DeadLetter.IsClosed(count.Status))
        .GroupBy(count => count.Topic)
        .Select(open => new Measurement<double>(
            (_clock.GetUtcNow() - open.Min(count => count.Oldest)).TotalSeconds,
            new KeyValuePair<string, object?>(SpanAttributes.MessagingDestination, open.Key)));
}
