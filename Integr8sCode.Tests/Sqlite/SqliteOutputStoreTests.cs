using Integr8sCode.Executions;

namespace Integr8sCode.Sqlite;

public sealed class SqliteOutputStoreTests() : OutputStoreTests(new SqliteTestStores());
