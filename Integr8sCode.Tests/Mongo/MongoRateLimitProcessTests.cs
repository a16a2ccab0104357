using Integr8sCode.RateLimits;

namespace Integr8sCode.Mongo;

public sealed class MongoRateLimitProcessTests() : RateLimitProcessTests(new MongoTestStores());
