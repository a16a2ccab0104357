using Integr8sCode.Leases;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed class MongoLeaseStore(MongoCollections collections) : ILeaseStore
{
    private IMongoCollection<LeaseDocument> Leases => collections.Leases.WithWriteConcern(WriteConcern.W1);

    public Task<bool> TryAcquireAsync(
        string name, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () => await TakeAsync(name, owner, now, duration, cancellationToken)
                || (!await Leases.Find(lease => lease.Id == name).AnyAsync(cancellationToken)
                    && await CreateAsync(new(name, owner, now + duration), cancellationToken)),
            cancellationToken);

    private async Task<bool> TakeAsync(
        string name, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken)
    {
        var taken = await Leases.UpdateOneAsync(
            lease => lease.Id == name && (lease.Owner == owner || lease.Until <= now),
            Builders<LeaseDocument>.Update.Set(lease => lease.Owner, owner).Set(lease => lease.Until, now + duration),
            options: null,
            cancellationToken);
        return taken.MatchedCount == 1;
    }

    private async Task<bool> CreateAsync(LeaseDocument first, CancellationToken cancellationToken)
    {
        try
        {
            await Leases.InsertOneAsync(first, options: null, cancellationToken);
            return true;
        }
        catch (MongoWriteException error) when (MongoErrors.IsDuplicateKey(error))
        {
            return false;
        }
    }
}
