using Integr8sCode.Executions;

namespace Integr8sCode.Mongo;

public sealed class MongoWorkerStoreTests() : WorkerStoreTests(new MongoTestStores());
