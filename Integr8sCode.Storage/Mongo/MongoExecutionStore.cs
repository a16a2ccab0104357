using Integr8sCode.Events;
using Integr8sCode.Executions;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed partial class MongoExecutionStore(MongoCollections collections, MongoProjection projection) : IExecutionStore
{
    public Task<Execution> AcceptAsync(ExecutionChange accepted, CancellationToken cancellationToken) =>
        collections.RunAsync(() => TryAcceptAsync(accepted, cancellationToken), cancellationToken);

    public Task<bool> AppendAsync(ExecutionChange change, CancellationToken cancellationToken) =>
        collections.RunAsync(() => TryAppendAsync(change, cancellationToken), cancellationToken);

    public Task<int> RenewLeasesAsync(
        string workerId, IReadOnlyCollection<Guid> executionIds, DateTimeOffset until, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                var renewed = await collections.Executions.WithWriteConcern(WriteConcern.W1).UpdateManyAsync(
                    Filter.In(execution => execution.Id, executionIds) & HeldBy(workerId),
                    Builders<ExecutionDocument>.Update.Max(execution => execution.Due, until), options: null, cancellationToken);
                return (int)renewed.MatchedCount;
            },
            cancellationToken);

    public Task<bool> RestoreAsync(Execution rebuilt, long? sequence, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                if (sequence is null)
                {
                    return await projection.RepairAsync(rebuilt.Id, cancellationToken) is not null;
                }

                var newest = await collections.Events
                    .Find(recorded => recorded.ExecutionId == rebuilt.Id && recorded.Sequence == rebuilt.State.Sequence)
                    .SingleAsync(cancellationToken);
                var replaced = await collections.Executions.ReplaceOneAsync(
                    Filter.Eq(execution => execution.Id, rebuilt.Id) & Filter.Eq(execution => execution.Sequence, sequence.Value),
                    ExecutionDocument.Of(rebuilt, newest.RecordedAt), new ReplaceOptions(), cancellationToken);
                return replaced.MatchedCount == 1;
            },
            cancellationToken);

    private async Task<Execution> TryAcceptAsync(ExecutionChange accepted, CancellationToken cancellationToken)
    {
        var first = EventDocument.First(accepted);
        if (await CommitAsync(first, accepted.Event, cancellationToken) is not Commit.Done)
        {
            return await FindEarlierAsync(accepted, cancellationToken);
        }

        await projection.AddAsync(ExecutionDocument.Of(accepted.Execution, first.RecordedAt), CancellationToken.None);
        return accepted.Execution;
    }

    private async Task<bool> TryAppendAsync(ExecutionChange change, CancellationToken cancellationToken)
    {
        if (await FindPreviousAsync(change.Event, cancellationToken) is not { } previous)
        {
            return false;
        }

        await AddOutputAsync(change, cancellationToken);
        var next = EventDocument.Of(change, previous);
        switch (await CommitAsync(next, change.Event, cancellationToken))
        {
            case Commit.Done:
                await projection.MoveAsync(next, CancellationToken.None); // the change is made: now it shall be seen
                return true;
            case Commit.Lost:
                await RemoveOutputAsync(change, cancellationToken);
                break;
        }

        await projection.RepairAsync(change.Execution.Id, cancellationToken);
        return false;
    }

    /// <summary>
    /// Inserts the event: the unique indexes decide who has a sequence, an end or an idempotency key. A standalone server knows no
    /// retryable writes, so a connection that breaks before the answer leaves the outcome open: the event is offered once more, and if it
    /// is there by then, it is this call that put it there.
    /// </summary>
    private async Task<Commit> CommitAsync(EventDocument document, Event recorded, CancellationToken cancellationToken)
    {
        for (var isRepeated = false; ; isRepeated = true)
        {
            try
            {
                await InsertAsync(document, recorded, cancellationToken);
                return Commit.Done;
            }
            catch (MongoConnectionException) when (!isRepeated)
            {
            }
            catch (MongoWriteException error) when (MongoErrors.IsDuplicateKey(error))
            {
                var isOurs = await collections.Events
                    .Find(stored => stored.Id == document.Id && stored.ExecutionId == document.ExecutionId)
                    .AnyAsync(cancellationToken);
                return (isOurs, isRepeated) switch
                {
                    (true, true) => Commit.Done,
                    (true, false) => Commit.Known,
                    _ => Commit.Lost,
                };
            }
        }
    }

    private Task InsertAsync(EventDocument document, Event recorded, CancellationToken cancellationToken) =>
        DriverSpans.DescribeAsync(recorded, () => collections.Events.InsertOneAsync(document, options: null, cancellationToken));

    /// <summary>
    /// When the event just before this one was recorded; <see langword="null"/> where that is not the execution's newest. Events are
    /// never removed, so nothing can open a gap between this question and the insert.
    /// </summary>
    private async Task<DateTimeOffset?> FindPreviousAsync(Event next, CancellationToken cancellationToken)
    {
        var shown = await collections.Executions
            .Find(execution => execution.Id == next.ExecutionId)
            .Project(execution => new { execution.Sequence, execution.RecordedAt })
            .FirstOrDefaultAsync(cancellationToken);
        if (shown is null || shown.Sequence < next.Sequence - 1)
        {
            var newest = await projection.RepairAsync(next.ExecutionId, cancellationToken);
            return newest?.Sequence == next.Sequence - 1 ? newest.RecordedAt : null;
        }

        return shown.Sequence == next.Sequence - 1 ? shown.RecordedAt : null;
    }

    private async Task<Execution> FindEarlierAsync(ExecutionChange refused, CancellationToken cancellationToken)
    {
        var given = refused.Execution;
        var earlier = await FindOrRepairAsync(given.Id, cancellationToken);
        if (earlier is null && given.IdempotencyKey is { } key)
        {
            var first = await collections.Events
                .Find(recorded => recorded.UserId == given.UserId && recorded.IdempotencyKey == key)
                .FirstOrDefaultAsync(cancellationToken);
            earlier = first is null ? null : await FindOrRepairAsync(first.ExecutionId, cancellationToken);
        }

        return earlier ?? throw new InvalidOperationException($"Another execution holds an event with the id {refused.Event.EventId}.");
    }

    private enum Commit
    {
        Done,

        /// <summary>An earlier call stored this very event.</summary>
        Known,

        /// <summary>Another event holds its place.</summary>
        Lost,
    }
}
