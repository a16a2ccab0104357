using Integr8sCode.Notifications;

namespace Integr8sCode.Sqlite;

public sealed class SqliteSubscriptionStoreTests() : SubscriptionStoreTests(new SqliteTestStores());
