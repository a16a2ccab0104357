using Integr8sCode.Leases;

namespace Integr8sCode.Mongo;

public sealed class MongoLeaseStoreTests() : LeaseStoreTests(new MongoTestStores());
