using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>Makes the call of one attempt.</summary>
internal sealed class NotificationSender(
    NotificationMessages messages, OutboundHttp http, NotificationMetrics metrics, IOptions<NotificationOptions> options, TimeProvider clock)
{
    public TimeProvider Clock => clock;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <returns>The claimed notification after its attempt.</returns>
    public async Task<Notification> SendAsync(
        Notification claimed, NotificationSubscription subscription, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var body = messages.BodyOf(claimed);
        var result = await http.PostAsync(
            new(subscription.Url!, claimed.Channel, body, messages.HeadersOf(claimed, subscription, body), claimed.Attempts.Count), cancellationToken);
        var finished = claimed.Finish(result, WaitAfter(claimed, result), clock.GetUtcNow())!;
        metrics.Attempted(finished, clock.GetElapsedTime(started));
        return finished;
    }

    private TimeSpan WaitAfter(Notification claimed, DeliveryResult result)
    {
        var wait = RetrySchedule.After(claimed.Attempts.Count, options.Value.FirstRetry, Random.Shared.NextDouble());
        var asked = result.RetryAfter is { } retryAfter && retryAfter < options.Value.LongestRetryAfter
            ? retryAfter
            : result.RetryAfter is null ? TimeSpan.Zero : options.Value.LongestRetryAfter;
        return asked > wait ? asked : wait;
    }
}
