using Integr8sCode.DeadLetters;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed class MongoDeadLetterStore(MongoCollections collections) : IDeadLetterStore
{
    public Task AddAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                try
                {
                    var document = new DeadLetterDocument(letter.Id, letter.Identity, letter.FailedAt, letter);
                    await collections.DeadLetters.InsertOneAsync(document, options: null, cancellationToken);
                    return true;
                }
                catch (MongoWriteException error) when (MongoErrors.IsDuplicateKey(error))
                {
                    return false;
                }
            },
            cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> ListAsync(int limit, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyList<DeadLetter>>(
            async () =>
            {
                var newest = await collections.DeadLetters
                    .Find(Builders<DeadLetterDocument>.Filter.Empty)
                    .SortByDescending(letter => letter.FailedAt).ThenByDescending(letter => letter.Id)
                    .Limit(limit)
                    .ToListAsync(cancellationToken);
                return [.. newest.Select(document => document.Letter)];
            },
            cancellationToken);

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        collections.RunAsync(
            () => collections.DeadLetters.CountDocumentsAsync(
                Builders<DeadLetterDocument>.Filter.Empty, options: null, cancellationToken),
            cancellationToken);
}
