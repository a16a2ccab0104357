using Integr8sCode.Settings;

namespace Integr8sCode.Sqlite;

public sealed class SqliteSettingsStoreTests() : SettingsStoreTests(new SqliteTestStores());
