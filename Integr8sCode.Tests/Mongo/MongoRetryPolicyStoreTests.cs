using Integr8sCode.DeadLetters;

namespace Integr8sCode.Mongo;

public sealed class MongoRetryPolicyStoreTests() : RetryPolicyStoreTests(new MongoTestStores());
