using Integr8sCode.DeadLetters;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed class MongoRetryPolicyStore(MongoCollections collections) : IRetryPolicyStore
{
    public Task<RetryPolicy?> FindAsync(string topic, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () => (await collections.RetryPolicies.Find(policy => policy.Id == topic).FirstOrDefaultAsync(cancellationToken))?.Policy,
            cancellationToken);

    public Task<IReadOnlyList<RetryPolicy>> ListAsync(CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<RetryPolicy>>(
            async () =>
            {
                var policies = await collections.RetryPolicies
                    .Find(Builders<RetryPolicyDocument>.Filter.Empty)
                    .SortBy(policy => policy.Id)
                    .ToListAsync(cancellationToken);
                return [.. policies.Select(document => document.Policy)];
            },
            cancellationToken);

    public Task<bool> SaveAsync(RetryPolicy policy, CancellationToken cancellationToken)
    {
        var document = new RetryPolicyDocument(policy.Topic, policy.Version, policy);
        return collections.RunAsync(
            () => policy.Version == 1 ? InsertAsync(document, cancellationToken) : ReplaceAsync(document, cancellationToken), cancellationToken);
    }

    private async Task<bool> InsertAsync(RetryPolicyDocument first, CancellationToken cancellationToken)
    {
        try
        {
            await collections.RetryPolicies.InsertOneAsync(first, options: null, cancellationToken);
            return true;
        }
        catch (MongoWriteException error) when (MongoErrors.IsDuplicateKey(error))
        {
            return false;
        }
    }

    private async Task<bool> ReplaceAsync(RetryPolicyDocument next, CancellationToken cancellationToken)
    {
        var replaced = await collections.RetryPolicies.ReplaceOneAsync(
            stored => stored.Id == next.Id && stored.Version == next.Version - 1, next, new ReplaceOptions(), cancellationToken);
        return replaced.MatchedCount == 1;
    }
}
