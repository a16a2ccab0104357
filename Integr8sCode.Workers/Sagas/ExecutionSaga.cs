using System.Diagnostics;
using Integr8sCode.Executions;

namespace Integr8sCode.Sagas;

/// <summary>
/// The <c>execution</c> saga: validate, allocate, schedule, await the outcome. Each step is a span, and a step that is done refuses to be
/// done again, so running the saga again after a crash does only what is missing. <see cref="SagaEnd"/> is what follows the outcome.
/// </summary>
internal sealed class ExecutionSaga(
    IWorkerStore workers, Allocations allocations, ExecutionJournal journal, SagaProgress progress)
{
    public async Task StartAsync(Execution execution, CancellationToken cancellationToken)
    {
        var reached = execution.State.Status is ExecutionStatus.Queued
            ? await RunAsync(execution, cancellationToken)
            : SagaProgress.ReachedBy(execution);

        // After the steps, which a redelivered event repeats harmlessly: nobody waits for this write.
        await progress.ReachAsync(execution, reached, cancellationToken);
    }

    /// <summary>Goes on with an execution that waited for its turn, inside its own trace.</summary>
    /// <param name="held">How many of its user's executions go before it.</param>
    /// <param name="context">Span that recorded its request.</param>
    public async Task AdmitAsync(Execution deferred, int held, ActivityContext context, CancellationToken cancellationToken)
    {
        using (var step = SagaSpan.Resume(deferred.Id, SagaStep.Allocate, context, cause: Telemetry.CurrentContext))
        {
            var isScheduled = await ScheduleAsync(deferred, held, cancellationToken);
            step.SetTag(SpanAttributes.SagaAllocated, isScheduled); // or somebody else was faster
        }

        await progress.ReachAsync(deferred, SagaStep.AwaitOutcome, cancellationToken);
    }

    /// <returns>The step that is under way now.</returns>
    private async Task<SagaStep> RunAsync(Execution execution, CancellationToken cancellationToken)
    {
        if (!await ValidateAsync(execution, cancellationToken))
        {
            return SagaStep.Validate;
        }

        if (await AllocateAsync(execution, cancellationToken) is not { } held)
        {
            return SagaStep.Allocate;
        }

        await ScheduleAsync(execution, held, cancellationToken);
        return SagaStep.AwaitOutcome;
    }

    /// <summary>Rejects what no worker could ever run; the API checks the same for its callers.</summary>
    private async Task<bool> ValidateAsync(Execution execution, CancellationToken cancellationToken)
    {
        using var step = SagaSpan.Start(execution.Id, SagaStep.Validate);

        var request = execution.Request;
        var announcements = await workers.ListAsync(cancellationToken);
        if (announcements.Count == 0 || announcements.SelectMany(worker => worker.Languages).Any(
            language => language.Name == request.Language && LanguageVersion.Matches(request.Version, language.Version)))
        {
            return true;
        }

        var reason = $"No worker runs {request.Language} {request.Version}".TrimEnd() + ".";
        step?.SetStatus(ActivityStatusCode.Error, reason);
        await journal.ChangeAsync(execution, e => e.Reject(reason, journal.Now), cancellationToken);

        return false;
    }

    /// <returns>How many of the user's executions go before this one; <see langword="null"/> where it has to wait for its turn.</returns>
    private async Task<int?> AllocateAsync(Execution execution, CancellationToken cancellationToken)
    {
        using var step = SagaSpan.Start(execution.Id, SagaStep.Allocate);

        var held = await allocations.FindTurnAsync(execution, cancellationToken);
        if (held is null)
        {
            await journal.ChangeAsync(execution, e => e.Defer(allocations.Cap, journal.Now), cancellationToken);

            // What ended between the two has looked for somebody to let in and not found this one: so it looks itself.
            held = await allocations.FindTurnAsync(execution, cancellationToken);
        }

        step?.SetTag(SpanAttributes.SagaAllocated, held is not null);
        return held;
    }

    private async Task<bool> ScheduleAsync(Execution execution, int held, CancellationToken cancellationToken)
    {
        using var step = SagaSpan.Start(execution.Id, SagaStep.Schedule);
        return await journal.ChangeAsync(execution, e => e.Schedule(journal.Now, held), cancellationToken) is not null;
    }
}
