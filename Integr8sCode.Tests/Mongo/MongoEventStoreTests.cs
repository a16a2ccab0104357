using Integr8sCode.Events;

namespace Integr8sCode.Mongo;

public sealed class MongoEventStoreTests() : EventStoreTests(new MongoTestStores());
