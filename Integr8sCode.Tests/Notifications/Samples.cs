using Integr8sCode.Executions;
using Integr8sCode.Storage;

namespace Integr8sCode.Notifications;

/// <summary>Notifications and subscriptions as the processes make them.</summary>
internal static class Samples
{
    public const string Secret = "whsec_test";

    public static NotificationSubscription Subscription(
        string user = "alice", NotificationChannel channel = NotificationChannel.Webhook, string? url = "https://example.org/hook") => new()
        {
            UserId = user,
            Channel = channel,
            Url = url,
            Secret = channel is NotificationChannel.Webhook ? Secret : null,
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };

    /// <summary>What the user is told when a script of theirs has ended.</summary>
    public static Notification Of(
        ExecutionResult result, DateTimeOffset time, NotificationChannel channel = NotificationChannel.Webhook, string user = "alice",
        string language = "python")
    {
        var accepted = Stories.Accepted(time, user, language: language).Execution;
        var running = accepted.Schedule(Stories.At(time))!.Execution.Start("worker", TimeSpan.FromMinutes(1), Stories.At(time))!.Execution;
        var ended = running.Finish("worker", 1, result, ExecutionOutput.Empty, Stories.At(time))!;
        return Notification.Of(ended.Execution, ended.Event, channel, Stories.At(time));
    }

    public static Notification Of(
        DateTimeOffset time, NotificationChannel channel = NotificationChannel.Webhook, string user = "alice", string language = "python") =>
        Of(Stories.Success, time, channel, user, language);
}
