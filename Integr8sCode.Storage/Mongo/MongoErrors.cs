using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal static class MongoErrors
{
    private const int Unauthorized = 13;
    private const int OutOfDiskSpace = 14031;

    public static bool IsDuplicateKey(MongoWriteException error) => error.WriteError?.Category is ServerErrorCategory.DuplicateKey;

    /// <returns>What callers shall get instead; <see langword="null"/> where the error is the call's own fault.</returns>
    public static StoreUnavailableException? Translate(Exception error) => error switch
    {
        MongoAuthenticationException => new(
            $"MongoDB refused the user or the password of ConnectionStrings:{StorageOptions.ConnectionName}.", error),
        TimeoutException or MongoConnectionException or MongoConnectionPoolPausedException or MongoWaitQueueFullException => new(
            $"The MongoDB server of ConnectionStrings:{StorageOptions.ConnectionName} does not answer. Check that it runs, then repeat the call.",
            error),
        MongoNotPrimaryException or MongoNodeIsRecoveringException or MongoExecutionTimeoutException or MongoCursorNotFoundException => new(
            "The MongoDB server is starting, stopping or overloaded. Repeat the call.", error),
        MongoWriteConcernException or MongoWriteException { WriteConcernError: not null, WriteError: null } => new(
            "MongoDB has not confirmed that the write is safe; it may have been kept.", error),
        MongoCommandException { Code: Unauthorized } => new(
            $"The user of ConnectionStrings:{StorageOptions.ConnectionName} may not read and write its database.", error),
        MongoCommandException { Code: OutOfDiskSpace } or MongoWriteException { WriteError.Code: OutOfDiskSpace } => new(
            "The disk of the MongoDB server is full. Free some space, then repeat the call.", error),
        _ => null,
    };
}
