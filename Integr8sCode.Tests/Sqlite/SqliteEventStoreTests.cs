using Integr8sCode.Events;

namespace Integr8sCode.Sqlite;

public sealed class SqliteEventStoreTests() : EventStoreTests(new SqliteTestStores());
