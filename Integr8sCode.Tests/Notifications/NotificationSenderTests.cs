using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>When the next attempt is made, by what the receiver asks for.</summary>
public sealed class NotificationSenderTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    [Theory]
    [InlineData("Retry-After: 900", 900, 900)]
    [InlineData("Retry-After: 86400", 3600, 3600)] // no longer than LongestRetryAfter
    [InlineData("Retry-After: 1", 60, 120)] // not sooner than the schedule
    [InlineData("X-Nothing: 1", 60, 120)]
    public async Task A_receiver_that_is_busy_is_called_again_when_it_says(string header, int least, int most)
    {
        await using var receiver = new WebhookReceiver(WebhookAnswer.Status(429, header));
        var destinations = Options.Create(new DestinationOptions { AllowedHosts = { "127.0.0.1" } });
        var options = Options.Create(new NotificationOptions());
        using var http = new OutboundHttp(new(destinations), destinations, options, TimeProvider.System);
        var sender = new NotificationSender(
            new(options, TimeProvider.System), http, new(_services.GetRequiredService<IMeterFactory>()), options, TimeProvider.System);
        var claimed = Samples.Of(sender.Now.AddMinutes(-1)).Claim(TimeSpan.FromMinutes(1), sender.Now)!;

        var finished = await sender.SendAsync(claimed, Samples.Subscription(url: receiver.Url), TestContext.Current.CancellationToken);

        Assert.Equal((NotificationStatus.Pending, "retrying"), (finished.Status, finished.Reason));
        Assert.InRange((finished.DueAt!.Value - finished.Attempts[^1].FinishedAt!.Value).TotalSeconds, least - 0.001, most + 0.001);
    }

    public void Dispose() => _services.Dispose();
}
