using Integr8sCode.Executions;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

/// <content>The reads.</content>
internal sealed partial class MongoExecutionStore
{
    private static readonly ExecutionStatus[] OpenStatuses = [ExecutionStatus.Queued, ExecutionStatus.Scheduled, ExecutionStatus.Running];

    private static readonly ExecutionStatus[] HeldStatuses = [ExecutionStatus.Scheduled, ExecutionStatus.Running];

    private static readonly ExecutionStatus[] StallingStatuses = [.. Enum.GetValues<ExecutionStatus>()
        .Where(status => status is ExecutionStatus.Queued or >= ExecutionStatus.Completed)];

    private static readonly FilterDefinitionBuilder<ExecutionDocument> Filter = Builders<ExecutionDocument>.Filter;
    private static readonly SortDefinitionBuilder<ExecutionDocument> Sort = Builders<ExecutionDocument>.Sort;

    public Task<Execution?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        collections.RunAsync(() => FindOrRepairAsync(id, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<Execution>> ListAsync(ExecutionFilter filter, CancellationToken cancellationToken)
    {
        var where = Filter.Empty;
        if (filter.UserId is { } user) where &= Filter.Eq(execution => execution.UserId, user);
        if (filter.Status is { } status) where &= Filter.Eq(execution => execution.Status, status);
        if (filter.Language is { } language) where &= Filter.Eq(execution => execution.Language, language);
        if (filter.From is { } from) where &= Filter.Gte(execution => execution.RequestedAt, from);
        if (filter.To is { } to) where &= Filter.Lt(execution => execution.RequestedAt, to);
        if (filter.Before is { } before) where &= Filter.Lt(execution => execution.Id, before);
        return QueryAsync(where, Sort.Descending(execution => execution.Id), filter.Limit, cancellationToken);
    }

    public Task<IReadOnlyList<Execution>> FindClaimableAsync(
        DateTimeOffset now, IReadOnlyCollection<string> languages, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            (Filter.Eq(execution => execution.Status, ExecutionStatus.Scheduled) | ExpiredBefore(now))
                & Filter.In(execution => execution.Language, languages),
            Sort.Ascending(execution => execution.Place),
            limit,
            cancellationToken);

    public Task<Allocation> FindAllocationAsync(string userId, int cap, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                var waiting = await collections.Executions
                    .Find(Filter.Eq(execution => execution.UserId, userId) & Filter.Eq(execution => execution.Status, ExecutionStatus.Queued))
                    .Sort(Sort.Ascending(execution => execution.Place))
                    .Limit(Math.Min(cap, Allocation.MaxNext))
                    .Project(execution => execution.Id)
                    .ToListAsync(cancellationToken);
                var held = (int)await collections.Executions.CountDocumentsAsync(
                    Filter.Eq(execution => execution.UserId, userId) & Filter.In(execution => execution.Status, HeldStatuses),
                    options: null,
                    cancellationToken);
                return new Allocation(held, [.. waiting.Take(cap - held)]);
            },
            cancellationToken);

    public Task<IReadOnlyList<string>> FindWaitingUsersAsync(string? after, int limit, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<string>>(
            async () =>
            {
                var users = await collections.Executions.Aggregate()
                    .Match(Filter.Eq(execution => execution.Status, ExecutionStatus.Queued) & Filter.Gt(execution => execution.UserId, after ?? ""))
                    .Group(execution => execution.UserId, group => new { UserId = group.Key })
                    .SortBy(group => group.UserId)
                    .Limit(limit)
                    .ToListAsync(cancellationToken);
                return [.. users.Select(user => user.UserId)];
            },
            cancellationToken);

    public Task<IReadOnlyList<Execution>> FindExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        QueryAsync(ExpiredBefore(now), Sort.Ascending(execution => execution.Due), limit, cancellationToken);

    public Task<IReadOnlyList<Execution>> FindHeldAsync(string workerId, CancellationToken cancellationToken) =>
        QueryAsync(HeldBy(workerId), Sort.Ascending(execution => execution.Id), limit: null, cancellationToken);

    public Task<IReadOnlyList<Execution>> FindStalledAsync(
        DateTimeOffset after, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        QueryAsync(
            Filter.In(execution => execution.Status, StallingStatuses)
                & Filter.Gt(execution => execution.Due, after)
                & Filter.Lt(execution => execution.Due, before),
            Sort.Ascending(execution => execution.Due),
            limit,
            cancellationToken);

    public Task<IReadOnlyDictionary<ExecutionStatus, long>> CountOpenAsync(CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyDictionary<ExecutionStatus, long>>(
            async () =>
            {
                var counts = await collections.Executions.Aggregate()
                    .Match(Filter.In(execution => execution.Status, OpenStatuses))
                    .Group(execution => execution.Status, group => new { Status = group.Key, Count = group.LongCount() })
                    .ToListAsync(cancellationToken);
                return counts.ToDictionary(count => count.Status, count => count.Count);
            },
            cancellationToken);

    private static FilterDefinition<ExecutionDocument> HeldBy(string workerId) =>
        Filter.Eq(execution => execution.WorkerId, workerId) & Filter.Eq(execution => execution.Status, ExecutionStatus.Running);

    private static FilterDefinition<ExecutionDocument> ExpiredBefore(DateTimeOffset now) =>
        Filter.Eq(execution => execution.Status, ExecutionStatus.Running) & Filter.Lt(execution => execution.Due, now);

    private async Task<Execution?> FindOrRepairAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await FindShownAsync(id, cancellationToken) is { } shown)
        {
            return shown;
        }

        return await projection.RepairAsync(id, cancellationToken) is null ? null : await FindShownAsync(id, cancellationToken);
    }

    private async Task<Execution?> FindShownAsync(Guid id, CancellationToken cancellationToken)
    {
        var shown = await collections.Executions.Find(execution => execution.Id == id).FirstOrDefaultAsync(cancellationToken);
        return shown?.ToExecution();
    }

    private Task<IReadOnlyList<Execution>> QueryAsync(
        FilterDefinition<ExecutionDocument> filter, SortDefinition<ExecutionDocument> sort, int? limit, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<Execution>>(
            async () =>
            {
                var found = await collections.Executions.Find(filter).Sort(sort).Limit(limit).ToListAsync(cancellationToken);
                return [.. found.Select(execution => execution.ToExecution())];
            },
            cancellationToken);
}
