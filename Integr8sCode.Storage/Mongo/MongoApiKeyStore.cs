using Integr8sCode.Users;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed class MongoApiKeyStore(MongoCollections collections) : IApiKeyStore
{
    public Task SaveAsync(ApiKey key, CancellationToken cancellationToken) =>
        collections.RunAsync(
            () => collections.ApiKeys.ReplaceOneAsync(
                stored => stored.Id == key.Hash,
                new ApiKeyDocument(key.Hash, key.Prefix, key.UserId, key.Role, key.CreatedAt),
                new ReplaceOptions { IsUpsert = true },
                cancellationToken),
            cancellationToken);

    public Task<ApiKey?> FindAsync(string hash, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                var key = await collections.ApiKeys.Find(stored => stored.Id == hash).FirstOrDefaultAsync(cancellationToken);
                return key is null ? null : new ApiKey(key.Id, key.Prefix, key.UserId, key.Role, key.CreatedAt);
            },
            cancellationToken);
}
