using Integr8sCode.RateLimits;
using MongoDB.Bson;

namespace Integr8sCode.Mongo;

/// <summary>
/// What <see cref="RateLimitCounter.Take"/> does, as an update that the server runs: so a decision is one atomic step however many
/// processes ask, and takes one round trip.
/// </summary>
internal static class RateLimitPipeline
{
    private const double Tolerance = 1e-6;

    public static BsonDocument[] Of(string subject, RateLimitRule rule, DateTimeOffset now)
    {
        var take = rule.Algorithm is RateLimitAlgorithm.TokenBucket ? TakeToken(rule, now.UtcTicks) : TakeHit(rule, now.UtcTicks);
        return [.. take, Set(new()
        {
            ["subject"] = subject,
            ["counter"] = rule.CounterName,
            ["expires_at"] = Call("$add", "$$NOW", (long)rule.Memory.TotalMilliseconds + 1), // the server's clock is the one that it deletes by
        })];
    }

    private static IEnumerable<BsonDocument> TakeHit(RateLimitRule rule, long now)
    {
        yield return Set("hits", Call("$filter", new BsonDocument
        {
            ["input"] = Or("$hits", new BsonArray()),
            ["as"] = "hit",
            ["cond"] = Call("$gt", "$$hit", now - rule.Window.Ticks),
        }));
        yield return Set("allowed", Call("$lt", Call("$size", "$hits"), rule.Requests));
        yield return Set("hits", Call("$cond", "$allowed", Call("$concatArrays", "$hits", new BsonArray { now }), "$hits"));
    }

    private static IEnumerable<BsonDocument> TakeToken(RateLimitRule rule, long now)
    {
        var perTick = (double)rule.Requests / rule.Window.Ticks;
        var elapsed = Call("$max", 0L, Call("$subtract", now, Or("$at", now)));
        var filled = Call("$add", Or("$tokens", (double)rule.Capacity), Call("$multiply", elapsed, perTick));
        yield return Set("tokens", Call("$min", (double)rule.Capacity, filled));
        yield return Set("allowed", Call("$gte", "$tokens", 1 - Tolerance));
        yield return Set(new()
        {
            ["tokens"] = Call("$cond", "$allowed", Call("$max", 0.0, Call("$subtract", "$tokens", 1.0)), "$tokens"),
            ["at"] = Call("$max", now, Or("$at", now)),
        });
    }

    private static BsonDocument Set(string field, BsonValue value) => Set(new() { [field] = value });

    private static BsonDocument Set(BsonDocument fields) => new("$set", fields);

    private static BsonDocument Or(string field, BsonValue otherwise) => Call("$ifNull", field, otherwise);

    private static BsonDocument Call(string name, params BsonValue[] arguments) =>
        new(name, arguments.Length == 1 ? arguments[0] : new BsonArray(arguments));
}
