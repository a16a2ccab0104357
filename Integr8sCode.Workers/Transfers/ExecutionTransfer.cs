using System.Runtime.CompilerServices;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Sagas;

namespace Integr8sCode.Transfers;

/// <summary>
/// Executions by their events, each with its trace context: the other store gets them one by one, as it would have when they happened.
/// </summary>
internal sealed class ExecutionTransfer(IExecutionStore executions, IEventStore events, ISagaStore sagas) : Transfer<TransferLine.OneExecution>
{
    /// <summary>A platform at rest has none or few; what is more would have to be held in memory.</summary>
    private const int MaxUnpublished = 100_000;

    public override async IAsyncEnumerable<TransferLine> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var unpublished = await UnpublishedAsync(cancellationToken);
        var requested = new EventFilter { Types = [EventTypes.ExecutionRequested] };
        for (var page = await events.QueryAsync(requested, new(Limit: PageSize), cancellationToken); page is [.., var last];
            page = await events.QueryAsync(requested, new(last.EventId, PageSize), cancellationToken))
        {
            foreach (var first in page)
            {
                yield return await ReadAsync(first.ExecutionId, unpublished, cancellationToken);
            }
        }
    }

    protected override async Task<bool> ImportAsync(TransferLine.OneExecution line, CancellationToken cancellationToken)
    {
        List<Event> stream = [.. line.Events.Select(transferred => transferred.ToEvent())];
        var execution = Execution.Fold(stream[..1]) with { TraceId = line.TraceId, IdempotencyKey = line.IdempotencyKey, RetryOf = line.RetryOf };
        var known = await events.ListAsync(line.Id, cancellationToken);
        if (known.Zip(stream).Any(pair => pair.First.EventId != pair.Second.EventId))
        {
            throw GoneAnotherWay(line.Id);
        }

        var stored = await executions.AcceptAsync(new(execution, stream[0]), cancellationToken);
        if (stored.Id != line.Id)
        {
            throw new TransferException($"Execution {stored.Id} has the idempotency key of {line.Id} already.");
        }

        foreach (var next in stream.Skip(1))
        {
            execution = execution with { State = execution.State.After(next) };
            if (next.Sequence > known.Count)
            {
                await AppendAsync(execution, next, line.Output, cancellationToken);
            }
        }

        Guid[] published = [.. line.Events.Where(transferred => transferred.IsPublished).Select(transferred => transferred.Event.EventId)];
        await events.MarkPublishedAsync(published, cancellationToken);
        if (line.Saga is { } saga)
        {
            await sagas.SaveAsync(saga with { Version = 1 }, cancellationToken);
        }

        return known is [];
    }

    private async Task<HashSet<Guid>> UnpublishedAsync(CancellationToken cancellationToken)
    {
        var backlog = await events.MeasureBacklogAsync(cancellationToken);
        return backlog.Count <= MaxUnpublished
            ? [.. (await events.FindUnpublishedAsync(DateTimeOffset.MaxValue, MaxUnpublished, cancellationToken)).Select(waiting => waiting.EventId)]
            : throw new TransferException($"{backlog.Count} events wait for the broker. Let the platform publish them first.");
    }

    private async Task<TransferLine> ReadAsync(Guid id, HashSet<Guid> unpublished, CancellationToken cancellationToken)
    {
        var stream = await events.ListAsync(id, cancellationToken);
        var execution = await executions.FindAsync(id, cancellationToken)
            ?? throw new TransferException($"Execution {id} has events only. Run the command rebuild first.");
        return new TransferLine.OneExecution(
            id,
            execution.TraceId,
            execution.IdempotencyKey,
            execution.RetryOf,
            [.. stream.Select(recorded => TransferredEvent.Of(recorded, !unpublished.Contains(recorded.EventId)))],
            await executions.FindOutputAsync(id, cancellationToken),
            await sagas.FindAsync(id, cancellationToken));
    }

    private async Task AppendAsync(Execution execution, Event next, ExecutionOutput? output, CancellationToken cancellationToken)
    {
        var ending = EventTypes.IsTerminal(next.Type) ? output : null;
        if (!await executions.AppendAsync(new(execution, next, ending), cancellationToken))
        {
            throw GoneAnotherWay(execution.Id);
        }
    }

    private static TransferException GoneAnotherWay(Guid id) =>
        new($"Execution {id} has gone another way in this store than in the one it comes from.");
}
