using Integr8sCode.Events;

namespace Integr8sCode.Executions;

public sealed class ExecutionMovesTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly ExecutionResult Exited = new() { Outcome = RunOutcome.Exited, ExitCode = 0 };

    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public void An_accepted_execution_is_queued_at_sequence_one_inside_its_trace()
    {
        var (execution, requested, _) = Accept();

        Assert.Equal(ExecutionStatus.Queued, execution.State.Status);
        Assert.Equal(1, execution.State.Sequence);
        Assert.Equal(EventTypes.ExecutionRequested, requested.Type);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", execution.TraceId);
        Assert.Equal("print(1)", requested.Read(CoreJson.Default.ExecutionRequest).Script);
    }

    [Fact]
    public void The_main_flow_numbers_its_events_without_gaps()
    {
        var requested = Accept();
        var scheduled = requested.Execution.Schedule(At(1))!;
        var started = scheduled.Execution.Start("w", Lease, At(2))!;
        var completed = started.Execution.Finish("w", 1, Exited, ExecutionOutput.Empty, At(3))!;
        var stored = completed.Execution.StoreResult(At(4))!;

        Event[] events = [requested.Event, scheduled.Event, started.Event, completed.Event, stored.Event];
        Assert.Equal([1L, 2, 3, 4, 5], events.Select(e => e.Sequence));
        Assert.Equal(
            ["execution.requested", "execution.scheduled", "execution.started", "execution.completed", "result.stored"],
            events.Select(e => e.Type));
        Assert.Equal(new(1, 1, 1, 3), stored.Event.Read(CoreJson.Default.ExecutionTimings));
    }

    [Fact]
    public void A_redelivered_message_moves_nothing()
    {
        var scheduled = Accept().Execution.Schedule(At(1))!.Execution;
        var ended = Running().Finish("w", 1, Exited, ExecutionOutput.Empty, At(3))!.Execution;

        Assert.Null(scheduled.Schedule(At(2)));
        Assert.Null(ended.Start("w", Lease, At(4)));
        Assert.Null(ended.Finish("w", 1, Exited, ExecutionOutput.Empty, At(4)));
        Assert.Null(ended.StoreResult(At(5))!.Execution.StoreResult(At(6)));
    }

    [Theory]
    [InlineData("other", 1)]
    [InlineData("w", 2)]
    public void Only_the_holder_of_the_claim_can_report(string workerId, int attempt)
    {
        Assert.Null(Running().Finish(workerId, attempt, Exited, ExecutionOutput.Empty, At(3)));
        Assert.Null(Running().Requeue(workerId, attempt, lost: false, "", At(3)));
    }

    [Fact]
    public void A_lease_that_holds_cannot_be_taken_and_one_that_expired_can()
    {
        var running = Running();

        Assert.Null(running.Start("other", Lease, At(31)));
        var second = running.Start("other", Lease, At(33))!.Execution;
        Assert.Equal((2, 1, "other"), (second.State.Attempts, second.State.LostAttempts, second.State.WorkerId));
        Assert.Null(second.Finish("w", 1, Exited, ExecutionOutput.Empty, At(34)));
    }

    [Fact]
    public void Two_lost_attempts_end_the_execution_as_worker_lost()
    {
        var second = Running().Start("other", Lease, At(33))!.Execution;

        Assert.Null(second.LoseWorker(At(60)));
        Assert.Null(second.Start("third", Lease, At(64)));
        var lost = second.LoseWorker(At(64))!;
        Assert.Equal(EventTypes.ExecutionFailed, lost.Event.Type);
        Assert.Equal(ErrorType.WorkerLost, lost.Execution.State.Result!.ErrorType);
    }

    [Fact]
    public void A_claim_given_back_does_not_count_as_lost()
    {
        var requeued = Running().Requeue("w", 1, lost: false, "stopping", At(3))!.Execution;

        Assert.Equal((ExecutionStatus.Scheduled, 0), (requeued.State.Status, requeued.State.LostAttempts));
        Assert.Equal(2, requeued.Start("w", Lease, At(4))!.Execution.State.Attempts);
    }

    [Fact]
    public void A_sandbox_that_fails_twice_is_not_tried_a_third_time()
    {
        var requeued = Running().Requeue("w", 1, lost: true, "bwrap", At(3))!.Execution;
        var again = requeued.Start("w", Lease, At(4))!.Execution;

        Assert.Null(again.Requeue("w", 2, lost: true, "bwrap", At(5)));
    }

    [Fact]
    public void Cancelling_ends_what_waits_and_asks_for_what_runs()
    {
        var waiting = Accept().Execution.Cancel("u", At(1))!;
        var asked = Running().Cancel("u", At(3))!;

        Assert.Equal(ExecutionStatus.Cancelled, waiting.Execution.State.Status);
        Assert.Equal((ExecutionStatus.Running, true), (asked.Execution.State.Status, asked.Execution.State.CancelRequested));
        Assert.Null(asked.Execution.Cancel("u", At(4)));
        Assert.Null(waiting.Execution.Cancel("u", At(4)));
        Assert.Null(waiting.Execution.Schedule(At(4)));
    }

    [Fact]
    public void A_deferred_execution_is_still_queued_and_can_be_scheduled()
    {
        var deferred = Accept().Execution.Defer(10, At(1))!;

        Assert.Equal((ExecutionStatus.Queued, true), (deferred.Execution.State.Status, deferred.Execution.State.Deferred));
        Assert.Equal(EventTypes.ExecutionDeferred, deferred.Event.Type);
        Assert.Null(deferred.Execution.Defer(10, At(2)));
        var scheduled = deferred.Execution.Schedule(At(3))!.Execution;
        Assert.Equal((ExecutionStatus.Scheduled, false), (scheduled.State.Status, scheduled.State.Deferred));
        Assert.Null(scheduled.Defer(10, At(4)));
    }

    [Fact]
    public void What_was_to_be_cancelled_is_not_run_again_when_its_worker_is_lost()
    {
        var asked = Running().Cancel("u", At(3))!.Execution;

        Assert.Null(asked.LoseWorker(At(32)));
        Assert.Null(asked.Start("other", Lease, At(33)));
        Assert.Equal(ExecutionStatus.Cancelled, asked.LoseWorker(At(33))!.Execution.State.Status);
        Assert.Equal(ExecutionStatus.Cancelled, asked.Requeue("w", 1, lost: false, "stopping", At(4))!.Execution.State.Status);
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void What_waits_for_too_long_ends_as_timeout(int second, bool ends)
    {
        var limit = TimeSpan.FromSeconds(100);
        var queued = Accept().Execution;
        Execution[] waiting = [queued, queued.Defer(10, At(1))!.Execution, queued.Schedule(At(99))!.Execution];

        Assert.All(waiting, execution => Assert.Equal(
            ends ? ExecutionStatus.Timeout : null, execution.Expire(limit, At(second))?.Execution.State.Status));
    }

    [Fact]
    public void What_runs_waits_from_the_end_of_its_lease()
    {
        var limit = TimeSpan.FromSeconds(100);

        Assert.Null(Running().Expire(limit, At(132)));
        Assert.Equal(ExecutionStatus.Timeout, Running().Expire(limit, At(133))!.Execution.State.Status);
        Assert.Null(Running().Finish("w", 1, Exited, ExecutionOutput.Empty, At(3))!.Execution.Expire(limit, At(1000)));
    }

    [Theory]
    [InlineData(RunOutcome.Exited, ExecutionStatus.Completed, null)]
    [InlineData(RunOutcome.Signaled, ExecutionStatus.Completed, null)]
    [InlineData(RunOutcome.Timeout, ExecutionStatus.Timeout, null)]
    [InlineData(RunOutcome.Cancelled, ExecutionStatus.Cancelled, null)]
    [InlineData(RunOutcome.CpuLimit, ExecutionStatus.Failed, ErrorType.ResourceLimit)]
    [InlineData(RunOutcome.OutputLimit, ExecutionStatus.Failed, ErrorType.ResourceLimit)]
    [InlineData(RunOutcome.MemoryLimit, ExecutionStatus.Failed, ErrorType.ResourceLimit)]
    [InlineData(RunOutcome.SandboxError, ExecutionStatus.Failed, ErrorType.SystemError)]
    [InlineData(RunOutcome.WorkerLost, ExecutionStatus.Failed, ErrorType.WorkerLost)]
    [InlineData(RunOutcome.Rejected, ExecutionStatus.Failed, ErrorType.InvalidRequest)]
    public void Every_outcome_has_its_status_and_error_type(RunOutcome outcome, ExecutionStatus status, ErrorType? error)
    {
        var result = new ExecutionResult { Outcome = outcome };

        Assert.Equal((status, error), (result.Status, result.ErrorType));
        Assert.True(EventTypes.IsTerminal(Execution.TerminalEventOf(result.Status)));
    }

    private static ExecutionChange Accept() => Execution.Accept(
        new(Guid.CreateVersion7(T0), "user", "correlation", new() { Script = "print(1)", Language = "python" }), At(0));

    private static Execution Running() => Accept().Execution.Schedule(At(1))!.Execution.Start("w", Lease, At(2))!.Execution;

    private static Origin At(int second) => new("test", T0.AddSeconds(second), TraceParent, null);
}
