namespace Integr8sCode.Sagas;

public sealed class SagaTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_saga_that_waits_has_completed_the_steps_before()
    {
        var saga = Started(SagaStep.Allocate);

        Assert.Equal([SagaStep.Validate], saga.CompletedSteps);
        Assert.Empty(saga.CompensatedSteps);
    }

    [Fact]
    public void A_completed_saga_has_completed_every_step_and_compensated_none()
    {
        var saga = Started(SagaStep.Allocate).End(SagaStatus.Completed, Noon)!;

        Assert.Equal(Enum.GetValues<SagaStep>(), saga.CompletedSteps);
        Assert.Empty(saga.CompensatedSteps);
        Assert.Null(saga.Deadline);
        Assert.Null(saga.End(SagaStatus.Failed, Noon));
    }

    [Theory]
    [InlineData(SagaStatus.Failed)]
    [InlineData(SagaStatus.Timeout)]
    [InlineData(SagaStatus.Cancelled)]
    public void A_saga_that_is_no_success_gives_its_allocation_back(SagaStatus status)
    {
        var compensating = Started(SagaStep.Allocate).Compensate(SagaStep.AwaitOutcome, Noon, Noon)!;
        var ended = compensating.End(status, Noon)!;

        Assert.Equal((SagaStatus.Compensating, false), (compensating.Status, compensating.HasEnded));
        Assert.Equal((status, true), (ended.Status, ended.HasEnded));
        Assert.Equal([SagaStep.Validate, SagaStep.Allocate, SagaStep.Schedule], ended.CompletedSteps);
        Assert.Equal([SagaStep.Allocate], ended.CompensatedSteps);
    }

    [Fact]
    public void What_was_rejected_has_nothing_to_give_back() =>
        Assert.Empty(Started(SagaStep.Validate).Compensate(SagaStep.Validate, Noon, Noon)!.End(SagaStatus.Failed, Noon)!.CompensatedSteps);

    [Fact]
    public void A_saga_never_goes_back()
    {
        var waiting = Started(SagaStep.AwaitOutcome);

        Assert.Equal(SagaStep.AwaitOutcome, waiting.Reach(SagaStep.Allocate, Noon, Noon)!.Step);
        Assert.Null(waiting.Compensate(SagaStep.AwaitOutcome, Noon, Noon)!.Reach(SagaStep.AwaitOutcome, Noon, Noon));
    }

    private static Saga Started(SagaStep step) => Saga.Start(Guid.CreateVersion7(), "alice", step, Noon.AddHours(1), Noon);
}
