using Integr8sCode.DeadLetters;

namespace Integr8sCode.Sqlite;

public sealed class SqliteRetryPolicyStoreTests() : RetryPolicyStoreTests(new SqliteTestStores());
