using Integr8sCode.Users;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed class MongoApiKeyStore(MongoCollections collections) : IApiKeyStore
{
    private static readonly FilterDefinitionBuilder<ApiKeyDocument> Filter = Builders<ApiKeyDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<ApiKeyDocument> Update = Builders<ApiKeyDocument>.Update;

    public Task SaveAsync(ApiKey key, CancellationToken cancellationToken) =>
        collections.RunAsync(
            () => collections.ApiKeys.ReplaceOneAsync(
                stored => stored.Id == key.Id, ApiKeyDocument.Of(key), new ReplaceOptions { IsUpsert = true }, cancellationToken),
            cancellationToken);

    public Task<IReadOnlyList<ApiKey>> FindAsync(string prefix, CancellationToken cancellationToken) =>
        QueryAsync(Filter.Eq(key => key.Prefix, prefix), cancellationToken);

    public Task<IReadOnlyList<ApiKey>> ListAsync(string userId, CancellationToken cancellationToken) =>
        QueryAsync(Filter.Eq(key => key.UserId, userId), cancellationToken);

    public Task<bool> ExpireAsync(string userId, Guid id, DateTimeOffset at, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                var expired = await collections.ApiKeys.UpdateOneAsync(
                    Of(userId, id), Update.Min(key => key.ExpiresAt, at), options: null, cancellationToken);
                return expired.MatchedCount == 1;
            },
            cancellationToken);

    public Task NoteUseAsync(IReadOnlyDictionary<Guid, DateTimeOffset> lastUsedAt, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                foreach (var (id, time) in lastUsedAt)
                {
                    await collections.ApiKeys.WithWriteConcern(WriteConcern.W1).UpdateOneAsync(
                        key => key.Id == id, Update.Max(key => key.LastUsedAt, time), options: null, cancellationToken);
                }

                return lastUsedAt.Count;
            },
            cancellationToken);

    public Task<bool> DeleteAsync(string userId, Guid id, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () => (await collections.ApiKeys.DeleteOneAsync(Of(userId, id), cancellationToken)).DeletedCount == 1, cancellationToken);

    public Task DeleteAllAsync(string userId, CancellationToken cancellationToken) =>
        collections.RunAsync(() => collections.ApiKeys.DeleteManyAsync(key => key.UserId == userId, cancellationToken), cancellationToken);

    private static FilterDefinition<ApiKeyDocument> Of(string userId, Guid id) =>
        Filter.Eq(key => key.Id, id) & Filter.Eq(key => key.UserId, userId);

    private Task<IReadOnlyList<ApiKey>> QueryAsync(FilterDefinition<ApiKeyDocument> filter, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<ApiKey>>(
            async () =>
            {
                var keys = await collections.ApiKeys.Find(filter).SortBy(key => key.Id).ToListAsync(cancellationToken);
                return [.. keys.Select(key => key.ToApiKey())];
            },
            cancellationToken);
}
