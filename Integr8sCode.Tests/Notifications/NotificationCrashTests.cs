using System.Collections.Concurrent;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Notifications;

public sealed class NotificationCrashTests
{
    private const string Service = "notification-service";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_killed_service_owed_is_delivered_by_the_next_one_in_the_same_trace()
    {
        await using var receiver = new WebhookReceiver(WebhookAnswer.Status(503), WebhookAnswer.Stall);
        var logs = new ConcurrentQueue<string>();
        await using var test = await PlatformUnderTest.StartAsync(
            options => (options with { Without = new HashSet<string> { "dlq-processor", "event-replay" } })
                .With("Notifications__FirstRetry", "00:00:00.1", Service)
                .With("Notifications__Lease", "00:00:10", Service)
                .With("Notifications__Timeout", "00:00:08", Service),
            (_, line) => logs.Enqueue(line),
            Stop);
        using var user = new ApiUser(test.Platform.Api, test.Platform.Keys.User);
        using var traces = new TraceReader(test.Platform.Traces);
        await user.SubscribeAsync("webhook", new { url = receiver.Url });
        var id = await user.SubmitAsync("print(1)");

        await Eventually.HoldsAsync(() => receiver.Requests.Count == 2, "the second attempt is under way");
        await test.Platform[Service].KillAsync();
        await test.Platform[Service].StartAsync(Stop);
        var news = await user.GetNotificationAsync(id, "webhook", "delivered");

        var deliveries = (await user.GetAsync(news["links"]!["deliveries"]!.ToString()))["items"]!.AsArray();
        Assert.Equal(
            ["The receiver answered 503.", "The process that made this attempt ended before it did.", null],
            deliveries.Select(attempt => attempt!["error"]?.ToString()));
        Assert.Equal(3, receiver.Requests.Count);
        Assert.Single(receiver.Requests.Select(request => request.Headers["X-Integr8s-Delivery"]).Distinct());
        Assert.Single(receiver.Requests.Select(request => request.Caller.TraceId).Distinct());
        await traces.ReadAsync(
            news["trace_id"]!.ToString(), span => span.Name == "notification.deliver" && span.Text("notification.attempt") == "3");
        Assert.NotEmpty(logs);
        Assert.DoesNotContain(logs, line => line.Contains("path-secret", StringComparison.Ordinal) || line.Contains("query-secret", StringComparison.Ordinal));
    }
}
