using Integr8sCode.RateLimits;

namespace Integr8sCode.Sqlite;

public sealed class SqliteRateLimitProcessTests() : RateLimitProcessTests(new SqliteTestStores());
