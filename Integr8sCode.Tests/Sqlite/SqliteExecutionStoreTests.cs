using Integr8sCode.Executions;

namespace Integr8sCode.Sqlite;

public sealed class SqliteExecutionStoreTests() : ExecutionStoreTests(new SqliteTestStores());
