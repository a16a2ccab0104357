using Integr8sCode.Users;

namespace Integr8sCode.Sqlite;

public sealed class SqliteUserStoreTests() : UserStoreTests(new SqliteTestStores());
