using Integr8sCode.Leases;

namespace Integr8sCode.Sqlite;

public sealed class SqliteLeaseStoreTests() : LeaseStoreTests(new SqliteTestStores());
