using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

public sealed class DeadLetterMovesTests
{
    private static readonly DateTimeOffset Noon = Letters.Noon;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_letter_that_is_retried_and_handled_goes_through_every_state_with_who_when_and_why()
    {
        var letter = Letters.Failed()
            .Scheduled(Noon.AddMinutes(1))
            .Claim(Lease, Letters.Note(Noon.AddMinutes(2), "dlq-processor", "due"))!
            .Resolve(Letters.Note(Noon.AddMinutes(3), "sagas", "handled"))!;

        Assert.Equal(
            [
                (null, DeadLetterStatus.Pending, Noon, "sagas", "too slow"),
                (DeadLetterStatus.Pending, DeadLetterStatus.Scheduled, Noon, "dlq-processor", "later"),
                (DeadLetterStatus.Scheduled, DeadLetterStatus.Retrying, Noon.AddMinutes(2), "dlq-processor", "due"),
                (DeadLetterStatus.Retrying, DeadLetterStatus.Resolved, Noon.AddMinutes(3), "sagas", "handled"),
            ],
            letter.State.Transitions.Select(change => ((DeadLetterStatus?, DeadLetterStatus, DateTimeOffset, string, string))
                (change.From, change.To, change.At, change.By, change.Why)));
        Assert.Equal((4, 1, null, Noon.AddMinutes(3)), (letter.State.Version, letter.State.RetryCount, letter.State.Due, letter.State.ClosedAt));
    }

    [Fact]
    public void A_retry_that_fails_is_the_same_letter_pending_again_with_its_count()
    {
        var retrying = Letters.Failed().Retrying(Noon);
        var failure = Letters.Failure(Noon.AddMinutes(1)) with { ExceptionMessage = "again" };

        var failed = retrying.FailAgain(failure, retry: 1, due: Noon.AddMinutes(2))!;

        Assert.Equal((retrying.Id, DeadLetterStatus.Pending, 1), (failed.Id, failed.State.Status, failed.State.RetryCount));
        Assert.Equal((failure, Noon, Noon.AddMinutes(2)), (failed.State.Failure, failed.State.FirstFailedAt, failed.State.Due));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(null)]
    public void A_failure_of_another_retry_says_nothing_of_this_one(int? retry) =>
        Assert.Null(Letters.Failed().Retrying(Noon).FailAgain(Letters.Failure(), retry, Noon));

    [Fact]
    public void An_event_that_fails_anew_opens_its_resolved_letter_and_no_other()
    {
        var resolved = Letters.Failed().Resolve(Letters.Note(Noon))!;
        var opened = resolved.FailAgain(Letters.Failure(Noon.AddDays(1)), retry: null, Noon)!;

        Assert.Equal(
            (DeadLetterStatus.Pending, 0, Noon.AddDays(1), null),
            (opened.State.Status, opened.State.RetryCount, opened.State.FirstFailedAt, opened.State.ClosedAt));
        Assert.Null(Letters.Failed().FailAgain(Letters.Failure(), retry: null, Noon));
        Assert.Null(Letters.Failed().Discard(Letters.Note(Noon))!.FailAgain(Letters.Failure(), retry: null, Noon));
        Assert.Null(Dead().FailAgain(Letters.Failure(), retry: null, Noon));
    }

    [Fact]
    public void A_retry_is_claimed_when_it_is_due_and_not_before()
    {
        var scheduled = Letters.Failed().Scheduled(Noon.AddMinutes(1));

        Assert.Null(scheduled.Claim(Lease, Letters.Note(Noon)));
        Assert.Equal(Noon.AddMinutes(2), scheduled.Claim(Lease, Letters.Note(Noon.AddMinutes(1)))!.State.Due);
    }

    [Fact]
    public void A_claim_whose_lease_ended_is_the_same_retry_again_with_twice_the_patience()
    {
        var claimed = Letters.Failed().Retrying(Noon);
        Assert.Null(claimed.Claim(Lease, Letters.Note(Noon.AddSeconds(59))));

        var again = claimed.Claim(Lease, Letters.Note(Noon.AddMinutes(1)))!;

        Assert.Equal((1, 2), (again.State.RetryCount, again.State.Sends));
        Assert.Equal((Noon.AddMinutes(3), Noon), (again.State.Due, again.State.RetryingSince));
    }

    [Fact]
    public void A_retry_that_Kafka_did_not_take_does_not_count()
    {
        var postponed = Letters.Failed().Retrying(Noon).Postpone(Lease, Letters.Note(Noon))!;

        Assert.Equal(
            (DeadLetterStatus.Scheduled, 0, Noon.AddMinutes(1)), (postponed.State.Status, postponed.State.RetryCount, postponed.State.Due));
        Assert.NotNull(postponed.GiveUp(Letters.Note(Noon)));
        Assert.Null(Letters.Failed().Scheduled(Noon).GiveUp(Letters.Note(Noon)));
    }

    [Fact]
    public void A_policy_is_followed_once()
    {
        var scheduled = Letters.Failed().Scheduled(Noon);
        var held = Letters.Failed().Follow(new(DeadLetterStatus.Pending, null, "manual"), "dlq-processor", Noon, null)!;

        Assert.Null(scheduled.Follow(Letters.Later(Noon), "dlq-processor", Noon, null));
        Assert.Equal(DeadLetterStatus.Pending, held.State.Status);
        Assert.Null(held.Follow(Letters.Later(Noon), "dlq-processor", Noon, null));
    }

    [Fact]
    public void An_operator_may_act_on_a_letter_that_is_at_rest_and_on_no_other()
    {
        DeadLetter[] atRest = [Letters.Failed(), Letters.Failed().Scheduled(Noon.AddHours(1)), Dead()];
        DeadLetter[] others =
            [Letters.Failed().Retrying(Noon), Letters.Failed().Resolve(Letters.Note(Noon))!, Letters.Failed().Discard(Letters.Note(Noon))!];
        var note = Letters.Note(Noon, "admin");
        var edit = new DeadLetterEdit([1], [2], Guid.CreateVersion7(), EventTypes.ExecutionRequested);

        Assert.All(atRest, letter => Assert.Equal((DeadLetterStatus.Scheduled, Noon), Where(letter.Retry(null, note)!)));
        Assert.All(atRest, letter => Assert.Equal(edit, letter.EditAndRetry(edit, note)!.State.Edit));
        Assert.All(atRest, letter => Assert.Equal(DeadLetterStatus.Discarded, letter.Discard(note)!.State.Status));
        Assert.All(others, letter => Assert.Null(letter.Retry(null, note)));
        Assert.All(others, letter => Assert.Null(letter.EditAndRetry(edit, note)));
        Assert.All(others, letter => Assert.Null(letter.Discard(note)));
    }

    [Fact]
    public void Only_what_is_over_is_archived()
    {
        var note = Letters.Note(Noon);

        Assert.NotNull(Dead().Archive(note));
        Assert.NotNull(Letters.Failed().Resolve(note)!.Archive(note));
        Assert.Null(Letters.Failed().Archive(note));
        Assert.Null(Letters.Failed().Discard(note)!.Archive(note));
    }

    [Fact]
    public void Very_many_changes_keep_the_newest()
    {
        var letter = Letters.Failed();
        for (var i = 0; i < 150; i++)
        {
            letter = letter.Retry(null, Letters.Note(Noon, why: $"{i}"))!;
        }

        Assert.Equal(100, letter.State.Transitions.Count);
        Assert.Equal("149", letter.State.Transitions[^1].Why);
    }

    [Fact]
    public void Failures_are_alike_when_the_same_exception_came_from_the_same_method()
    {
        var failure = Letters.Failure();
        var elsewhereInTheFile = failure with { StackTrace = failure.StackTrace!.Replace("line 12", "line 99", StringComparison.Ordinal) };

        Assert.Equal("Integr8sCode.Things.DoAsync(Event message)", failure.TopFrame);
        Assert.Equal(failure.Fingerprint, (elsewhereInTheFile with { ExceptionMessage = "other" }).Fingerprint);
        Assert.NotEqual(failure.Fingerprint, (failure with { ExceptionType = "System.IO.IOException" }).Fingerprint);
        Assert.NotEqual(failure.Fingerprint, (failure with { StackTrace = "   at Another.Method()" }).Fingerprint);
        Assert.Null((failure with { StackTrace = null }).TopFrame);
    }

    [Theory]
    [InlineData("   at System.ThrowHelper.Throw()\n   at Microsoft.Data.Sqlite.SqliteCommand.Run()\n   at Integr8sCode.Things.Do() in /src/a.cs:line 1", "Integr8sCode.Things.Do()")]
    [InlineData("   at System.Guid.Parse(String text)\r\n--- End of stack trace from previous location ---\r\n   at Plugin.Handle()", "Plugin.Handle()")]
    [InlineData("   at System.ThrowHelper.Throw()\n   at System.IO.File.Open()", "System.ThrowHelper.Throw()")]
    [InlineData("no frame at all", null)]
    public void The_method_that_threw_is_the_first_that_is_not_of_dotnet_itself(string stackTrace, string? frame) =>
        Assert.Equal(frame, (Letters.Failure() with { StackTrace = stackTrace }).TopFrame);

    private static DeadLetter Dead() => Letters.Failed().Follow(new(DeadLetterStatus.Dead, null, "over"), "dlq-processor", Noon, null)!;

    private static (DeadLetterStatus, DateTimeOffset?) Where(DeadLetter letter) => (letter.State.Status, letter.State.Due);
}
