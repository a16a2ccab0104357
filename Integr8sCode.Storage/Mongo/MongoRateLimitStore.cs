using Integr8sCode.RateLimits;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed class MongoRateLimitStore(MongoCollections collections) : IRateLimitStore
{
    private const int DuplicateKey = 11000;

    private static readonly FindOneAndUpdateOptions<RateLimitCounterDocument> Taken = new() { IsUpsert = true, ReturnDocument = ReturnDocument.After };

    // A counter that the server loses begins anew.
    private IMongoCollection<RateLimitCounterDocument> Counters => collections.RateLimitCounters.WithWriteConcern(WriteConcern.W1);

    public Task<RateLimitRules?> FindRulesAsync(CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () => (await collections.RateLimits.Find(rules => rules.Id == RateLimitRulesDocument.OnlyId).FirstOrDefaultAsync(cancellationToken))?.Rules,
            cancellationToken);

    public Task<bool> SaveRulesAsync(RateLimitRules rules, CancellationToken cancellationToken) =>
        collections.RunAsync(() => rules.Version == 1 ? AddAsync(rules, cancellationToken) : ReplaceAsync(rules, cancellationToken), cancellationToken);

    public Task<UserRateLimits?> FindUserAsync(string userId, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () => (await collections.UserRateLimits.Find(user => user.Id == userId).FirstOrDefaultAsync(cancellationToken))?.Limits,
            cancellationToken);

    public Task SaveUserAsync(UserRateLimits limits, CancellationToken cancellationToken) =>
        collections.RunAsync(
            () => collections.UserRateLimits.ReplaceOneAsync(
                user => user.Id == limits.UserId,
                new UserRateLimitsDocument(limits.UserId, limits),
                new ReplaceOptions { IsUpsert = true },
                cancellationToken),
            cancellationToken);

    public Task DeleteUserAsync(string userId, CancellationToken cancellationToken) =>
        collections.RunAsync(() => collections.UserRateLimits.DeleteOneAsync(user => user.Id == userId, cancellationToken), cancellationToken);

    public Task<RateLimitDecision> TakeAsync(string subject, RateLimitRule rule, DateTimeOffset now, CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () =>
            {
                var taken = await TakeOnceAsync(subject, rule, now, cancellationToken)
                    ?? await TakeOnceAsync(subject, rule, now, cancellationToken)
                    ?? throw new StoreUnavailableException("MongoDB refused a counter of a rate limit twice.");
                return taken.ToCounter().Look(rule, now) with { Allowed = taken.Allowed };
            },
            cancellationToken);

    public Task<IReadOnlyDictionary<string, RateLimitCounter>> ListCountersAsync(string subject, CancellationToken cancellationToken) =>
        collections.RunAsync<IReadOnlyDictionary<string, RateLimitCounter>>(
            async () =>
            {
                var counters = await Counters.Find(counter => counter.Subject == subject).ToListAsync(cancellationToken);
                return counters.ToDictionary(counter => counter.Counter, counter => counter.ToCounter());
            },
            cancellationToken);

    public Task ResetAsync(string subject, CancellationToken cancellationToken) =>
        collections.RunAsync(() => Counters.DeleteManyAsync(counter => counter.Subject == subject, cancellationToken), cancellationToken);

    /// <returns><see langword="null"/> where another process has just made the counter, which is there from now on.</returns>
    private async Task<RateLimitCounterDocument?> TakeOnceAsync(
        string subject, RateLimitRule rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = RateLimitCounterDocument.IdOf(subject, rule);
        var update = Builders<RateLimitCounterDocument>.Update.Pipeline(
            PipelineDefinition<RateLimitCounterDocument, RateLimitCounterDocument>.Create(RateLimitPipeline.Of(subject, rule, now)));
        try
        {
            return await Counters.FindOneAndUpdateAsync<RateLimitCounterDocument>(counter => counter.Id == id, update, Taken, cancellationToken);
        }
        catch (MongoCommandException error) when (error.Code == DuplicateKey)
        {
            return null;
        }
    }

    private async Task<bool> AddAsync(RateLimitRules rules, CancellationToken cancellationToken)
    {
        try
        {
            await collections.RateLimits.InsertOneAsync(RateLimitRulesDocument.Of(rules), options: null, cancellationToken);
            return true;
        }
        catch (MongoWriteException error) when (MongoErrors.IsDuplicateKey(error))
        {
            return false;
        }
    }

    private async Task<bool> ReplaceAsync(RateLimitRules rules, CancellationToken cancellationToken)
    {
        var replaced = await collections.RateLimits.ReplaceOneAsync(
            stored => stored.Version == rules.Version - 1, RateLimitRulesDocument.Of(rules), new ReplaceOptions(), cancellationToken);
        return replaced.MatchedCount == 1;
    }
}
