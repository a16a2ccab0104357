using Integr8sCode.Users;

namespace Integr8sCode.Sqlite;

public sealed class SqliteApiKeyStoreTests() : ApiKeyStoreTests(new SqliteTestStores());
