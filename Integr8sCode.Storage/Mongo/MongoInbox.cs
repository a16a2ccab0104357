using Integr8sCode.Events;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed class MongoInbox(MongoCollections collections, TimeProvider clock) : IInbox
{
    // A row that the server loses costs one more handling, which the state machine makes harmless.
    private IMongoCollection<InboxDocument> Rows => collections.Inbox.WithWriteConcern(WriteConcern.W1);

    public Task<bool> ContainsAsync(string group, Guid eventId, CancellationToken cancellationToken)
    {
        var id = InboxDocument.IdOf(group, eventId);
        return collections.RunAsync(() => Rows.Find(handled => handled.Id == id).AnyAsync(cancellationToken), cancellationToken);
    }

    public Task AddAsync(string group, Guid eventId, DateTimeOffset handledAt, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                var row = new InboxDocument(InboxDocument.IdOf(group, eventId), handledAt, clock.GetUtcNow().UtcDateTime);
                try
                {
                    await Rows.InsertOneAsync(row, options: null, cancellationToken);
                    return true;
                }
                catch (MongoWriteException error) when (MongoErrors.IsDuplicateKey(error))
                {
                    return false;
                }
            },
            cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () => (int)(await Rows.DeleteManyAsync(handled => handled.HandledAt < before, cancellationToken)).DeletedCount,
            cancellationToken);
}
