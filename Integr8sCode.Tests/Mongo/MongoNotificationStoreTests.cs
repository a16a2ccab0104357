using Integr8sCode.Notifications;

namespace Integr8sCode.Mongo;

public sealed class MongoNotificationStoreTests() : NotificationStoreTests(new MongoTestStores());
