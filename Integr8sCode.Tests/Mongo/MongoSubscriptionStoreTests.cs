using Integr8sCode.Notifications;

namespace Integr8sCode.Mongo;

public sealed class MongoSubscriptionStoreTests() : SubscriptionStoreTests(new MongoTestStores());
