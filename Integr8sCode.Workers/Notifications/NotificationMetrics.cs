using System.Diagnostics.Metrics;

namespace Integr8sCode.Notifications;

internal sealed class NotificationMetrics
{
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _duration;

    public NotificationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Telemetry.SourceName);
        _attempts = meter.CreateCounter<long>(
            "integr8scode.notifications.attempts", "{attempt}", "Attempts to deliver, by channel and outcome.");
        _duration = meter.CreateHistogram<double>("integr8scode.notification.attempt.duration", "s", "From the call to the receiver's answer.");
    }

    public void Attempted(Notification finished, TimeSpan duration)
    {
        var channel = new KeyValuePair<string, object?>(SpanAttributes.NotificationChannel, SnakeCase.NameOf(finished.Channel));
        _attempts.Add(1, channel, new(SpanAttributes.NotificationOutcome, DeliverSpan.OutcomeOf(finished)));
        _duration.Record(duration.TotalSeconds, channel);
    }
}
