using System.Diagnostics;
using Integr8sCode.Events;
using Integr8sCode.Storage;

namespace Integr8sCode.Executions;

/// <summary>Claims the longest waiting execution this worker can run. The store decides between workers; losing is normal.</summary>
internal sealed class ExecutionClaims(
    IExecutionStore executions, IEventStore events, ExecutionJournal journal, Doorbell doorbell, Worker worker, ILogger<ExecutionClaims> logger)
{
    private const int Batch = 32;
    private const int LargestBatch = 1024;

    /// <summary>A task's message is given this long to arrive before the store's word is enough, so that runs continue the message's span.</summary>
    private static readonly TimeSpan MessageGrace = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly StoreOutage _outage = new(logger, "no execution is claimed");

    /// <summary>Waits until there is an execution to run and claims it; while the store is away as well.</summary>
    public async Task<ExecutionClaim> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await ClaimAsync(cancellationToken);
            }
            catch (StoreUnavailableException exception)
            {
                _outage.Goes(exception);
                await PauseAsync(cancellationToken);
            }
        }
    }

    /// <summary>Gives what is in the way time to go.</summary>
    public Task PauseAsync(CancellationToken cancellationToken) => Task.Delay(Pause, worker.Clock, cancellationToken);

    private async Task<ExecutionClaim> ClaimAsync(CancellationToken cancellationToken)
    {
        string[] languages = [.. worker.Languages.Languages.Select(language => language.Name).Distinct()];
        for (var limit = Batch; ;)
        {
            var now = worker.Clock.GetUtcNow();
            var line = await executions.FindClaimableAsync(now, languages, limit, cancellationToken);
            foreach (var waiting in line)
            {
                if (await TryClaimAsync(waiting, now, cancellationToken) is { } claim)
                {
                    _outage.IsOver();
                    return claim;
                }
            }

            _outage.IsOver(); // not before: a full disk can be read
            // A whole batch that wants a version this worker does not have must not hide what stands behind it.
            limit = line.Count == limit && limit < LargestBatch ? 2 * limit : Batch;
            if (limit == Batch)
            {
                await doorbell.WaitAsync(Patience, cancellationToken);
            }
        }
    }

    private async Task<ExecutionClaim?> TryClaimAsync(Execution waiting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var language = worker.Languages.Find(waiting.Request.Language, waiting.Request.Version);
        if (language is null || await ContextOfAsync(waiting, now, cancellationToken) is not { } context)
        {
            return null;
        }

        var claimed = await journal.ChangeAsync(
            waiting, e => e.Start(worker.Id, worker.Options.Lease, journal.Under(context)), cancellationToken);

        return claimed is null ? null : new(claimed, context, now);
    }

    /// <returns><see langword="null"/> while the execution's message may still be on its way.</returns>
    private async Task<ActivityContext?> ContextOfAsync(Execution waiting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (doorbell.Answer(waiting.Id) is { } announced)
        {
            return announced;
        }

        if (waiting.State.Status is ExecutionStatus.Scheduled && now - waiting.State.ScheduledAt < MessageGrace)
        {
            return null;
        }

        var task = (await events.ListAsync(waiting.Id, cancellationToken)).LastOrDefault(e => Topics.Of(e.Type) == Topics.ExecutionTasks);

        return task?.TraceContext ?? default;
    }
}
