using System.Runtime.CompilerServices;
using System.Text.Json;
using Integr8sCode.Events;

namespace Integr8sCode.Executions;

/// <summary>
/// Makes every execution what its events say. The platform may go on meanwhile: a change that comes in between is never overwritten.
/// </summary>
public sealed class ExecutionRebuild(IExecutionStore executions, IEventStore events)
{
    private const int PageSize = 200;

    /// <summary>An execution that moves between two reads seems to differ; one that still does after as many looks really does.</summary>
    private const int Looks = 3;

    /// <param name="dryRun">Reports and changes nothing.</param>
    public async Task<RebuildReport> RunAsync(bool dryRun, CancellationToken cancellationToken)
    {
        var report = new RebuildReport(0, 0, 0, []);
        await foreach (var id in RequestedAsync(cancellationToken))
        {
            var (differences, isRepaired) = await TryRebuildAsync(id, dryRun, cancellationToken);
            report = Add(report, differences, isRepaired);
        }

        await foreach (var id in ShownAsync(cancellationToken))
        {
            if (await events.QueryAsync(new() { ExecutionId = id }, new(Limit: 1), cancellationToken) is [])
            {
                report = Add(report, [new(id, "events", Stored: null, Rebuilt: null)], isRepaired: false);
            }
        }

        return report;
    }

    private async Task<(IReadOnlyList<RebuildDifference> Differences, bool IsRepaired)> TryRebuildAsync(
        Guid id, bool dryRun, CancellationToken cancellationToken)
    {
        try
        {
            return await RebuildAsync(id, dryRun, cancellationToken);
        }
        catch (Exception error) when (error is InvalidOperationException or JsonException)
        {
            return ([new(id, "events", $"cannot be read: {error.Message}", Rebuilt: null)], false); // one that is broken does not stop the others
        }
    }

    private async Task<(IReadOnlyList<RebuildDifference> Differences, bool IsRepaired)> RebuildAsync(
        Guid id, bool dryRun, CancellationToken cancellationToken)
    {
        IReadOnlyList<RebuildDifference> differences = [];
        for (var look = 1; look <= Looks; look++)
        {
            var rebuilt = Execution.Fold(await events.ListAsync(id, cancellationToken));
            var stored = await executions.FindAsync(id, cancellationToken);
            rebuilt = Complete(rebuilt, stored);
            differences = stored is null
                ? [new(id, "execution", Stored: null, rebuilt.State.Status.ToString())]
                : [.. ExecutionComparison.Compare(stored, rebuilt)];
            if (differences is [])
            {
                return (differences, false);
            }

            var hasMoved = stored is not null && stored.State.Sequence != rebuilt.State.Sequence && look < Looks;
            if (!hasMoved && !dryRun && await executions.RestoreAsync(rebuilt, stored?.State.Sequence, cancellationToken))
            {
                return (differences, true);
            }
        }

        return (differences, false);
    }

    // What no event tells is taken as it is.
    private static Execution Complete(Execution rebuilt, Execution? stored) => stored is null ? rebuilt : rebuilt with
    {
        IdempotencyKey = stored.IdempotencyKey,
        RetryOf = stored.RetryOf,
        State = stored.State.LeaseUntil > rebuilt.State.LeaseUntil ? rebuilt.State with { LeaseUntil = stored.State.LeaseUntil } : rebuilt.State,
    };

    private static RebuildReport Add(RebuildReport report, IReadOnlyList<RebuildDifference> differences, bool isRepaired) => new(
        report.Executions + 1,
        report.Different + (differences is [] ? 0 : 1),
        report.Repaired + (isRepaired ? 1 : 0),
        [.. report.Differences, .. differences.Take(RebuildReport.MaxDifferences - report.Differences.Count)]);

    private async IAsyncEnumerable<Guid> RequestedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = new EventFilter { Types = [EventTypes.ExecutionRequested] };
        for (var page = await events.QueryAsync(filter, new(Limit: PageSize), cancellationToken); page is [.., var last];
            page = await events.QueryAsync(filter, new(last.EventId, PageSize), cancellationToken))
        {
            foreach (var requested in page)
            {
                yield return requested.ExecutionId;
            }
        }
    }

    private async IAsyncEnumerable<Guid> ShownAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = await executions.ListAsync(new(Limit: PageSize), cancellationToken); page is [.., var last];
            page = await executions.ListAsync(new(Before: last.Id, Limit: PageSize), cancellationToken))
        {
            foreach (var shown in page)
            {
                yield return shown.Id;
            }
        }
    }
}
