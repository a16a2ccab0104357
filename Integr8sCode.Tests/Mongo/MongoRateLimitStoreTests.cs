using Integr8sCode.RateLimits;

namespace Integr8sCode.Mongo;

public sealed class MongoRateLimitStoreTests() : RateLimitStoreTests(new MongoTestStores());
