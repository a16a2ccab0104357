using Integr8sCode.Executions;

namespace Integr8sCode.Notifications;

public sealed class NotificationMovesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Due = Noon + Notification.AnnouncementGrace;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly DeliveryResult Failure = new(500, "The receiver answered 500.", IsTransient: true);

    [Fact]
    public void The_same_event_and_channel_always_make_the_same_notification()
    {
        var change = Storage.Stories.Accepted(Noon);
        var ended = change.Execution.Cancel("alice", Storage.Stories.At(Noon))!;

        var first = Notification.Of(ended.Execution, ended.Event, NotificationChannel.Webhook, Storage.Stories.At(Noon));
        var again = Notification.Of(ended.Execution, ended.Event, NotificationChannel.Webhook, Storage.Stories.At(Noon.AddHours(1)));
        var other = Notification.Of(ended.Execution, ended.Event, NotificationChannel.Slack, Storage.Stories.At(Noon));

        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Id, other.Id);
        Assert.Equal((7, Noon.ToUnixTimeMilliseconds()), (first.Id.Version, Convert.ToInt64(first.Id.ToString("N")[..12], 16)));
    }

    [Theory]
    [InlineData(RunOutcome.Exited, 0, NotificationSeverity.Low, "completed")]
    [InlineData(RunOutcome.Exited, 1, NotificationSeverity.Medium, "completed")]
    [InlineData(RunOutcome.CompileError, null, NotificationSeverity.Medium, "completed")]
    [InlineData(RunOutcome.Cancelled, null, NotificationSeverity.Low, "cancelled")]
    [InlineData(RunOutcome.Timeout, null, NotificationSeverity.High, "timeout")]
    [InlineData(RunOutcome.MemoryLimit, null, NotificationSeverity.High, "failed")]
    [InlineData(RunOutcome.WorkerLost, null, NotificationSeverity.Urgent, "failed")]
    public void How_an_execution_ended_decides_how_much_it_matters(RunOutcome outcome, int? exitCode, NotificationSeverity severity, string tag)
    {
        var news = Samples.Of(new ExecutionResult { Outcome = outcome, ExitCode = exitCode }, Noon);

        Assert.Equal(severity, news.Severity);
        Assert.Equal(["execution", tag, "language:python", "entity:execution", $"exec:{news.ExecutionId}"], news.Tags);
    }

    [Fact]
    public void An_in_app_notification_is_delivered_at_once()
    {
        var news = Samples.Of(Noon, NotificationChannel.InApp);

        Assert.Equal((NotificationStatus.Delivered, null, Noon), (news.Status, news.DueAt, news.DeliveredAt));
        Assert.Equal(NotificationStatus.Read, news.Read(Noon.AddHours(1))!.Status);
    }

    [Fact]
    public void A_first_attempt_waits_for_its_announcement_but_not_for_ever()
    {
        var news = Samples.Of(Noon);

        Assert.Null(news.Claim(Lease, Noon));
        Assert.NotNull(news.Announce(default, Noon).Claim(Lease, Noon));
        Assert.NotNull(news.Claim(Lease, Due));
    }

    [Fact]
    public void An_announcement_does_not_hurry_what_waits_for_another_reason()
    {
        var retrying = Samples.Of(Noon).Claim(Lease, Due)!.Finish(Failure, TimeSpan.FromMinutes(2), Due)!;
        var quiet = Samples.Of(Noon).Postpone(NotificationReasons.QuietHours, Noon.AddHours(8), Due)!;

        Assert.Null(retrying.Announce(default, Due).Claim(Lease, Due));
        Assert.Null(quiet.Announce(default, Due).Claim(Lease, Due));
    }

    [Fact]
    public void Six_attempts_may_fail_and_then_it_has_failed()
    {
        var news = Samples.Of(Noon);
        var now = Due;
        for (var attempt = 1; attempt <= Notification.MaxAttempts; attempt++)
        {
            Assert.True(attempt == 1 || news is { Status: NotificationStatus.Pending, Reason: NotificationReasons.Retrying });
            news = news.Claim(Lease, now)!.Finish(Failure, TimeSpan.FromMinutes(1), now)!;
            now = now.AddMinutes(1);
        }

        Assert.Equal((NotificationStatus.Failed, NotificationReasons.Exhausted, null), (news.Status, news.Reason, news.DueAt));
        Assert.Equal(Enumerable.Range(1, 6), news.Attempts.Select(attempt => attempt.Number));
        Assert.Null(news.Claim(Lease, now));
    }

    [Fact]
    public void What_the_receiver_refuses_has_failed_at_once()
    {
        var refused = Samples.Of(Noon).Claim(Lease, Due)!.Finish(new(400, "The receiver answered 400."), TimeSpan.Zero, Due)!;

        Assert.Equal((NotificationStatus.Failed, NotificationReasons.Refused), (refused.Status, refused.Reason));
        Assert.Null(refused.Read(Due));
    }

    [Fact]
    public void A_claim_is_taken_over_when_its_lease_is_over_and_the_lost_attempt_is_told_of()
    {
        var claimed = Samples.Of(Noon).Claim(Lease, Due)!;

        Assert.Null(claimed.Claim(Lease, Due + Lease - TimeSpan.FromTicks(1)));
        var taken = claimed.Claim(Lease, Due + Lease)!;

        Assert.Equal([false, true], taken.Attempts.Select(attempt => attempt.FinishedAt is null));
        Assert.Equal("The process that made this attempt ended before it did.", taken.Attempts[0].Error);
    }

    [Fact]
    public void Processes_that_die_again_and_again_use_the_attempts_up()
    {
        var news = Samples.Of(Noon);
        var now = Due;
        for (var attempt = 1; attempt <= Notification.MaxAttempts; attempt++)
        {
            news = news.Claim(Lease, now)!;
            now += Lease;
        }

        news = news.Claim(Lease, now)!;

        Assert.Equal((NotificationStatus.Failed, NotificationReasons.Exhausted, 6), (news.Status, news.Reason, news.Attempts.Count));
    }

    [Fact]
    public void Waits_double_and_half_of_each_is_chance()
    {
        var first = TimeSpan.FromMinutes(2);

        Assert.Equal([2, 4, 8, 16, 32], Enumerable.Range(1, 5).Select(attempt => RetrySchedule.After(attempt, first, jitter: 1).TotalMinutes));
        Assert.Equal(TimeSpan.FromMinutes(1.5), RetrySchedule.After(1, first, jitter: 0.5));
        Assert.Equal([1, 2, 4, 8, 16], Enumerable.Range(1, 5).Select(attempt => RetrySchedule.After(attempt, first, jitter: 0).TotalMinutes));
    }
}
