using MongoDB.Bson;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

/// <summary>
/// The collections, and the one way to use them: indexes first, errors as callers know them. What is written is on the disk of a majority
/// when a call returns (a standalone server is its own majority); only what may be lost is written with less.
/// </summary>
internal sealed class MongoCollections(IMongoDatabase database) : IDisposable
{
    private static readonly WriteConcern Durable = WriteConcern.WMajority.With(journal: true);

    private readonly IMongoDatabase _database = database.WithWriteConcern(Durable);
    private readonly SemaphoreSlim _preparing = new(1);
    private readonly SemaphoreSlim _calls = new(database.Client.Settings.MaxConnectionPoolSize);
    private volatile bool _isPrepared;

    static MongoCollections() => MongoConventions.Register();

    public IMongoCollection<EventDocument> Events => _database.GetCollection<EventDocument>("events");

    public IMongoCollection<ExecutionDocument> Executions => _database.GetCollection<ExecutionDocument>("executions");

    public IMongoCollection<OutputDocument> Outputs => _database.GetCollection<OutputDocument>("execution_outputs");

    public IMongoCollection<OutputChunkDocument> OutputChunks => _database.GetCollection<OutputChunkDocument>("execution_output_chunks");

    public IMongoCollection<InboxDocument> Inbox => _database.GetCollection<InboxDocument>("inbox");

    public IMongoCollection<SagaDocument> Sagas => _database.GetCollection<SagaDocument>("sagas");

    public IMongoCollection<DeadLetterDocument> DeadLetters => _database.GetCollection<DeadLetterDocument>("dead_letters");

    public IMongoCollection<RetryPolicyDocument> RetryPolicies => _database.GetCollection<RetryPolicyDocument>("retry_policies");

    public IMongoCollection<ReplayDocument> Replays => _database.GetCollection<ReplayDocument>("replays");

    public IMongoCollection<NotificationDocument> Notifications => _database.GetCollection<NotificationDocument>("notifications");

    public IMongoCollection<SubscriptionDocument> Subscriptions =>
        _database.GetCollection<SubscriptionDocument>("notification_subscriptions");

    public IMongoCollection<WorkerDocument> Workers => _database.GetCollection<WorkerDocument>("workers");

    public IMongoCollection<UserDocument> Users => _database.GetCollection<UserDocument>("users");

    public IMongoCollection<ApiKeyDocument> ApiKeys => _database.GetCollection<ApiKeyDocument>("api_keys");

    public IMongoCollection<RateLimitRulesDocument> RateLimits => _database.GetCollection<RateLimitRulesDocument>("rate_limits");

    public IMongoCollection<UserRateLimitsDocument> UserRateLimits => _database.GetCollection<UserRateLimitsDocument>("user_rate_limits");

    public IMongoCollection<RateLimitCounterDocument> RateLimitCounters =>
        _database.GetCollection<RateLimitCounterDocument>("rate_limit_counters");

    public IMongoCollection<SettingsDocument> Settings => _database.GetCollection<SettingsDocument>("settings");

    public IMongoCollection<LeaseDocument> Leases => _database.GetCollection<LeaseDocument>("leases");

    /// <summary>One call of a store. A burst waits here for a connection, in order; the driver would refuse all but the first few hundred.</summary>
    /// <exception cref="StoreUnavailableException">The server cannot be reached or refuses to work.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        if (!await _calls.WaitAsync(_database.Client.Settings.WaitQueueTimeout, cancellationToken))
        {
            throw new StoreUnavailableException("More calls wait for MongoDB than it answers. Repeat the call later.");
        }

        using var quiet = DriverSpans.Quiet();
        try
        {
            if (!_isPrepared)
            {
                await PrepareAsync(cancellationToken);
            }

            return await work();
        }
        catch (Exception error) when (MongoErrors.Translate(error) is { } translated)
        {
            throw translated;
        }
        finally
        {
            _calls.Release();
        }
    }

    public Task<BsonDocument> PingAsync(CancellationToken cancellationToken) =>
        RunAsync(
            () => _database.RunCommandAsync<BsonDocument>(new BsonDocument("ping", 1), readPreference: null, cancellationToken),
            cancellationToken);

    public void Dispose()
    {
        _preparing.Dispose();
        _calls.Dispose();
    }

    // Nothing is written before the unique indexes stand, whenever the server comes up.
    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _preparing.WaitAsync(cancellationToken);
        try
        {
            if (!_isPrepared)
            {
                await MongoIndexes.CreateAsync(this, cancellationToken);
                _isPrepared = true;
            }
        }
        finally
        {
            _preparing.Release();
        }
    }
}
