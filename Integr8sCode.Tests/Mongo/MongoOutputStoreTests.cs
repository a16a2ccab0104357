using Integr8sCode.Executions;

namespace Integr8sCode.Mongo;

public sealed class MongoOutputStoreTests() : OutputStoreTests(new MongoTestStores());
