using Integr8sCode.Replays;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed class MongoReplayStore(MongoCollections collections) : IReplayStore
{
    private static readonly FilterDefinitionBuilder<ReplayDocument> Filter = Builders<ReplayDocument>.Filter;
    private static readonly SortDefinitionBuilder<ReplayDocument> Sort = Builders<ReplayDocument>.Sort;

    public Task<ReplaySession?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () => (await collections.Replays.Find(replay => replay.Id == id).FirstOrDefaultAsync(cancellationToken))?.Session,
            cancellationToken);

    public Task<bool> SaveAsync(ReplaySession session, CancellationToken cancellationToken) =>
        collections.RunAsync(
            () => session.Version == 1 ? CreateAsync(session, cancellationToken) : ReplaceAsync(session, cancellationToken),
            cancellationToken);

    public Task<bool> DeleteAsync(Guid id, long version, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () => (await collections.Replays.DeleteOneAsync(
                replay => replay.Id == id && replay.Version == version, cancellationToken)).DeletedCount == 1,
            cancellationToken);

    public Task<IReadOnlyList<ReplaySession>> ListAsync(
        ReplayStatus? status, Guid? before, int limit, CancellationToken cancellationToken)
    {
        var where = Filter.Empty;
        if (status is not null) where &= Filter.Eq(replay => replay.Status, status.Value);
        if (before is not null) where &= Filter.Lt(replay => replay.Id, before.Value);
        return QueryAsync(where, Sort.Descending(replay => replay.Id), limit, cancellationToken);
    }

    public Task<IReadOnlyList<ReplaySession>> FindClaimableAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        QueryAsync(Filter.Lt(replay => replay.FreeAt, now), Sort.Ascending(replay => replay.FreeAt), limit, cancellationToken);

    private async Task<bool> CreateAsync(ReplaySession session, CancellationToken cancellationToken)
    {
        try
        {
            await collections.Replays.InsertOneAsync(ReplayDocument.Of(session), options: null, cancellationToken);
            return true;
        }
        catch (MongoWriteException error) when (MongoErrors.IsDuplicateKey(error))
        {
            return false;
        }
    }

    private async Task<bool> ReplaceAsync(ReplaySession session, CancellationToken cancellationToken)
    {
        var replaced = await collections.Replays.ReplaceOneAsync(
            stored => stored.Id == session.Id && stored.Version == session.Version - 1,
            ReplayDocument.Of(session), new ReplaceOptions(), cancellationToken);
        return replaced.MatchedCount == 1;
    }

    private Task<IReadOnlyList<ReplaySession>> QueryAsync(
        FilterDefinition<ReplayDocument> filter, SortDefinition<ReplayDocument> sort, int limit, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<ReplaySession>>(
            async () =>
            {
                var found = await collections.Replays.Find(filter).Sort(sort).Limit(limit).ToListAsync(cancellationToken);
                return [.. found.Select(document => document.Session)];
            },
            cancellationToken);
}
