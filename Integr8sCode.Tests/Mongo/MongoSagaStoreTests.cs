using Integr8sCode.Sagas;

namespace Integr8sCode.Mongo;

public sealed class MongoSagaStoreTests() : SagaStoreTests(new MongoTestStores());
