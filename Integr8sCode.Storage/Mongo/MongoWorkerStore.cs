using Integr8sCode.Executions;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed class MongoWorkerStore(MongoCollections collections) : IWorkerStore
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    // A lost announcement is made again soon.
    private IMongoCollection<WorkerDocument> Workers => collections.Workers.WithWriteConcern(WriteConcern.W1);

    public Task AnnounceAsync(WorkerAnnouncement announcement, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                var document = new WorkerDocument(announcement.WorkerId, announcement.AliveUntil, announcement);
                await Workers.ReplaceOneAsync(
                    worker => worker.Id == document.Id, document, new ReplaceOptions { IsUpsert = true }, cancellationToken);
                var oldest = announcement.AliveUntil - Retention;
                return await Workers.DeleteManyAsync(worker => worker.AliveUntil < oldest, cancellationToken);
            },
            cancellationToken);

    public Task<IReadOnlyList<WorkerAnnouncement>> ListAsync(CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<WorkerAnnouncement>>(
            async () =>
            {
                var workers = await Workers
                    .Find(Builders<WorkerDocument>.Filter.Empty)
                    .SortBy(worker => worker.Id)
                    .ToListAsync(cancellationToken);
                return [.. workers.Select(worker => worker.Announcement)];
            },
            cancellationToken);
}
