using Integr8sCode.Users;

namespace Integr8sCode.Mongo;

public sealed class MongoUserStoreTests() : UserStoreTests(new MongoTestStores());
