using Integr8sCode.Executions;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

/// <summary>
/// Keeps <c>executions</c> level with <c>events</c>. A change inserts its event and then moves the projection; a process that dies
/// between the two leaves the projection behind. Nobody has to ask twice for it to catch up:
/// <list type="bullet">
/// <item>An event is marked as published only after the projection has followed, so a projection can be behind only an event that the
/// outbox still holds. The relay finds that event within seconds, and repairs the projection before it sends the event on.</item>
/// <item>Until then the queues answer with the older state. Whoever acts on that loses the race for the sequence, and the loser
/// repairs the projection, so its next look is right.</item>
/// <item>A first event without its projection is repaired by whoever asks for that execution.</item>
/// </list>
/// A move is idempotent and never goes back, so any number of repairs may run at once.
/// </summary>
internal sealed class MongoProjection(MongoCollections collections)
{
    private static readonly FilterDefinitionBuilder<ExecutionDocument> Filter = Builders<ExecutionDocument>.Filter;

    /// <summary>Shows a new execution; a no-op where it is shown already.</summary>
    public async Task AddAsync(ExecutionDocument execution, CancellationToken cancellationToken)
    {
        try
        {
            await collections.Executions.InsertOneAsync(execution, options: null, cancellationToken);
        }
        catch (MongoWriteException error) when (MongoErrors.IsDuplicateKey(error))
        {
            // A repair was faster.
        }
    }

    /// <summary>Moves the execution to the state after the event, unless it is there or further.</summary>
    public async Task MoveAsync(EventDocument recorded, CancellationToken cancellationToken)
    {
        var behind = Filter.Eq(execution => execution.Id, recorded.ExecutionId) & Filter.Lt(execution => execution.Sequence, recorded.Sequence);
        var due = recorded.State.DueAt;
        if (recorded.State.Status is not ExecutionStatus.Running)
        {
            await UpdateAsync(behind, Move(recorded).Set(execution => execution.Due, due), cancellationToken);
            return;
        }

        // A running execution's due is its lease, which its holder may have renewed since the change was computed: only what another
        // claim, or its place in line, has left there is replaced.
        var isHeld = Filter.Eq(execution => execution.Status, ExecutionStatus.Running)
            & Filter.Eq(execution => execution.WorkerId, recorded.State.WorkerId);
        var claimed = await UpdateAsync(behind & !isHeld, Move(recorded).Set(execution => execution.Due, due), cancellationToken);
        if (claimed.MatchedCount == 0)
        {
            await UpdateAsync(behind, Move(recorded).Max(execution => execution.Due, due), cancellationToken);
        }
    }

    /// <returns>The newest event, which the projection shows now; <see langword="null"/> for an unknown execution.</returns>
    public async Task<EventDocument?> RepairAsync(Guid executionId, CancellationToken cancellationToken)
    {
        var stream = collections.Events.Find(recorded => recorded.ExecutionId == executionId);
        var newest = await stream.SortByDescending(recorded => recorded.Sequence).FirstOrDefaultAsync(cancellationToken);
        if (newest is null)
        {
            return null;
        }

        if (!await collections.Executions.Find(execution => execution.Id == executionId).AnyAsync(cancellationToken))
        {
            var first = await collections.Events
                .Find(recorded => recorded.ExecutionId == executionId && recorded.Sequence == 1)
                .SingleAsync(cancellationToken);
            await AddAsync(ExecutionDocument.Of(first.ToExecution(), first.RecordedAt), cancellationToken);
        }

        await MoveAsync(newest, cancellationToken);
        return newest;
    }

    /// <summary>Repairs those of the events' executions that are not as far as their event: one question where all are.</summary>
    public async Task RepairBehindAsync(IReadOnlyList<EventDocument> events, CancellationToken cancellationToken)
    {
        var ids = events.Select(recorded => recorded.ExecutionId).Distinct().ToList();
        var shown = await collections.Executions
            .Find(Filter.In(execution => execution.Id, ids))
            .Project(execution => new { execution.Id, execution.Sequence })
            .ToListAsync(cancellationToken);
        var sequences = shown.ToDictionary(execution => execution.Id, execution => execution.Sequence);

        var behind = events
            .Where(recorded => recorded.Sequence > sequences.GetValueOrDefault(recorded.ExecutionId))
            .Select(recorded => recorded.ExecutionId)
            .Distinct();
        foreach (var executionId in behind)
        {
            await RepairAsync(executionId, cancellationToken);
        }
    }

    private Task<UpdateResult> UpdateAsync(
        FilterDefinition<ExecutionDocument> which, UpdateDefinition<ExecutionDocument> update, CancellationToken cancellationToken) =>
        collections.Executions.UpdateOneAsync(which, update, options: null, cancellationToken);

    private static UpdateDefinition<ExecutionDocument> Move(EventDocument recorded) => Builders<ExecutionDocument>.Update
        .Set(execution => execution.Status, recorded.State.Status)
        .Set(execution => execution.Sequence, recorded.Sequence)
        .Set(execution => execution.WorkerId, recorded.State.WorkerId)
        .Set(execution => execution.Place, recorded.State.Place)
        .Set(execution => execution.RecordedAt, recorded.RecordedAt)
        .Set(execution => execution.State, recorded.State);
}
