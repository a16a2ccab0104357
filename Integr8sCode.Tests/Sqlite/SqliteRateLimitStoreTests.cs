using Integr8sCode.RateLimits;

namespace Integr8sCode.Sqlite;

public sealed class SqliteRateLimitStoreTests() : RateLimitStoreTests(new SqliteTestStores());
