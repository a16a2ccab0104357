using Integr8sCode.DeadLetters;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed partial class MongoDeadLetterStore(MongoCollections collections) : IDeadLetterStore
{
    public Task<DeadLetter> AddAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                try
                {
                    await collections.DeadLetters.InsertOneAsync(DeadLetterDocument.Of(letter), options: null, cancellationToken);
                    return letter;
                }
                catch (MongoWriteException error) when (MongoErrors.IsDuplicateKey(error))
                {
                    var identity = letter.Identity;
                    var earlier = await collections.DeadLetters.Find(stored => stored.Identity == identity).FirstOrDefaultAsync(cancellationToken);
                    return earlier?.ToLetter() ?? letter; // pruned in between
                }
            },
            cancellationToken);

    public Task<bool> SaveAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                var saved = await collections.DeadLetters.UpdateOneAsync(
                    stored => stored.Id == letter.Id && stored.Version == letter.State.Version - 1,
                    ChangeTo(DeadLetterDocument.Of(letter)),
                    options: null,
                    cancellationToken);
                return saved.MatchedCount == 1;
            },
            cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, int keep, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                var old = await collections.DeadLetters.DeleteManyAsync(letter => letter.ClosedAt < before, cancellationToken);
                return (int)old.DeletedCount + await PruneExcessAsync(keep, cancellationToken);
            },
            cancellationToken);

    private async Task<int> PruneExcessAsync(int keep, CancellationToken cancellationToken)
    {
        var closed = Filter.Ne(letter => letter.ClosedAt, null);
        var excess = await collections.DeadLetters
            .Find(closed)
            .SortByDescending(letter => letter.ClosedAt)
            .Skip(keep)
            .Project(letter => letter.Id)
            .ToListAsync(cancellationToken);
        return excess is [] ? 0
            : (int)(await collections.DeadLetters.DeleteManyAsync(Filter.In(letter => letter.Id, excess), cancellationToken)).DeletedCount;
    }

    private static UpdateDefinition<DeadLetterDocument> ChangeTo(DeadLetterDocument letter) => Builders<DeadLetterDocument>.Update
        .Set(stored => stored.Version, letter.Version)
        .Set(stored => stored.Status, letter.Status)
        .Set(stored => stored.ExceptionType, letter.ExceptionType)
        .Set(stored => stored.TopFrame, letter.TopFrame)
        .Set(stored => stored.Fingerprint, letter.Fingerprint)
        .Set(stored => stored.FirstFailedAt, letter.FirstFailedAt)
        .Set(stored => stored.FailedAt, letter.FailedAt)
        .Set(stored => stored.RetryCount, letter.RetryCount)
        .Set(stored => stored.Due, letter.Due)
        .Set(stored => stored.ClosedAt, letter.ClosedAt)
        .Set(stored => stored.BatchId, letter.BatchId)
        .Set(stored => stored.State, letter.State);
}
