using Integr8sCode.Executions;

namespace Integr8sCode.Mongo;

public sealed class MongoExecutionStoreTests() : ExecutionStoreTests(new MongoTestStores());
