using Integr8sCode.Sagas;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed class MongoSagaStore(MongoCollections collections) : ISagaStore
{
    public Task<Saga?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () => (await collections.Sagas.Find(saga => saga.Id == id).FirstOrDefaultAsync(cancellationToken))?.Saga,
            cancellationToken);

    public Task<bool> SaveAsync(Saga saga, CancellationToken cancellationToken) =>
        collections.RunAsync(() => saga.Version == 1 ? StartAsync(saga, cancellationToken) : ReplaceAsync(saga, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<Saga>> ListAsync(SagaFilter filter, CancellationToken cancellationToken)
    {
        var documents = Builders<SagaDocument>.Filter;
        var where = documents.Empty;
        if (filter.UserId is { } user) where &= documents.Eq(saga => saga.UserId, user);
        if (filter.Status is { } status) where &= documents.Eq(saga => saga.Status, status);
        if (filter.Before is { } before) where &= documents.Lt(saga => saga.Id, before);

        return collections.RunAsync<IReadOnlyList<Saga>>(
            async () =>
            {
                var found = await collections.Sagas
                    .Find(where)
                    .SortByDescending(saga => saga.Id)
                    .Limit(filter.Limit)
                    .ToListAsync(cancellationToken);
                return [.. found.Select(document => document.Saga)];
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<Saga>> FindOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<Saga>>(
            async () =>
            {
                var overdue = await collections.Sagas
                    .Find(saga => saga.Deadline < now)
                    .SortBy(saga => saga.Deadline)
                    .Limit(limit)
                    .ToListAsync(cancellationToken);
                return [.. overdue.Select(document => document.Saga)];
            },
            cancellationToken);

    private async Task<bool> StartAsync(Saga saga, CancellationToken cancellationToken)
    {
        try
        {
            await collections.Sagas.InsertOneAsync(SagaDocument.Of(saga), options: null, cancellationToken);
            return true;
        }
        catch (MongoWriteException error) when (MongoErrors.IsDuplicateKey(error))
        {
            return false;
        }
    }

    private async Task<bool> ReplaceAsync(Saga saga, CancellationToken cancellationToken)
    {
        var replaced = await collections.Sagas.ReplaceOneAsync(
            stored => stored.Id == saga.Id && stored.Version == saga.Version - 1, SagaDocument.Of(saga), new ReplaceOptions(), cancellationToken);
        return replaced.MatchedCount == 1;
    }
}
