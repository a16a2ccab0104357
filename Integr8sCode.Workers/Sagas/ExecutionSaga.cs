using System.Diagnostics;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Sagas;

/// <summary>
/// The <c>execution</c> saga: validate, schedule, await the outcome. Each step is a span, and a step that is done refuses to be done
/// again, so running the saga again after a crash does only what is missing.
/// </summary>
internal sealed class ExecutionSaga(
    ISagaStore sagas, IWorkerStore workers, ExecutionJournal journal, IOptions<SagaOptions> options, TimeProvider clock)
{
    public async Task StartAsync(Execution execution, CancellationToken cancellationToken)
    {
        if (await ValidateAsync(execution, cancellationToken))
        {
            await ScheduleAsync(execution, cancellationToken);

            // After the steps, which a redelivered event repeats harmlessly: nobody waits for this write.
            await sagas.SaveAsync(Saga.Start(execution.Id, Deadline(), clock.GetUtcNow()), cancellationToken);
        }
    }

    public async Task EndAsync(Event terminal, CancellationToken cancellationToken)
    {
        using var step = StartStep(terminal.ExecutionId, SagaStep.AwaitOutcome);
        step?.SetTag(SpanAttributes.EventType, terminal.Type);

        await EndAsync(terminal.ExecutionId, StatusAfter(terminal.Type), cancellationToken);
    }

    /// <summary>Looks at a saga whose deadline has passed: its execution has ended unnoticed, or it goes on waiting.</summary>
    public async Task ReviewAsync(Saga overdue, Execution? execution, CancellationToken cancellationToken)
    {
        if (execution is { State: { IsTerminal: true, Result: { } result } })
        {
            await EndAsync(overdue.Id, StatusAfter(Execution.TerminalEventOf(result.Status)), cancellationToken);
        }
        else
        {
            await sagas.SaveAsync(overdue.GoOn(Deadline(), clock.GetUtcNow()), cancellationToken);
        }
    }

    private async Task EndAsync(Guid id, SagaStatus status, CancellationToken cancellationToken)
    {
        while (await sagas.FindAsync(id, cancellationToken) is { } saga
            && saga.End(status, clock.GetUtcNow()) is { } ended
            && !await sagas.SaveAsync(ended, cancellationToken))
        {
            // Somebody saved in between: look again.
        }
    }

    private DateTimeOffset Deadline() => clock.GetUtcNow() + options.Value.OutcomeTimeout;

    private static SagaStatus StatusAfter(string terminalEvent) => terminalEvent switch
    {
        EventTypes.ExecutionCompleted => SagaStatus.Completed,
        EventTypes.ExecutionCancelled => SagaStatus.Cancelled,
        _ => SagaStatus.Failed,
    };

    /// <summary>Rejects what no worker could ever run; the API checks the same for its callers.</summary>
    private async Task<bool> ValidateAsync(Execution execution, CancellationToken cancellationToken)
    {
        using var step = StartStep(execution.Id, SagaStep.Validate);

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

    private async Task ScheduleAsync(Execution execution, CancellationToken cancellationToken)
    {
        using var step = StartStep(execution.Id, SagaStep.Schedule);
        await journal.ChangeAsync(execution, e => e.Schedule(journal.Now), cancellationToken);
    }

    private static Activity? StartStep(Guid executionId, SagaStep step) => Telemetry.Source.StartActivity(
        SpanNames.SagaStep, ActivityKind.Internal, parentContext: default, tags:
        [
            new(SpanAttributes.SagaId, executionId.ToString()),
            new(SpanAttributes.SagaName, Saga.ExecutionSaga),
            new(SpanAttributes.SagaStep, NameOf(step)),
            new(SpanAttributes.SagaCompensating, false),
            new(SpanAttributes.ExecutionId, executionId.ToString()),
        ]);

    private static string NameOf(SagaStep step) => step switch
    {
        SagaStep.Validate => "validate",
        SagaStep.Schedule => "schedule",
        SagaStep.AwaitOutcome => "await_outcome",
        _ => throw new UnreachableException($"No name for {step}."),
    };
}
