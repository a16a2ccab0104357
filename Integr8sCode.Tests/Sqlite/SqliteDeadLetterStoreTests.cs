using Integr8sCode.DeadLetters;

namespace Integr8sCode.Sqlite;

public sealed class SqliteDeadLetterStoreTests() : DeadLetterStoreTests(new SqliteTestStores());
