using Integr8sCode.Replays;

namespace Integr8sCode.Sqlite;

public sealed class SqliteReplayStoreTests() : ReplayStoreTests(new SqliteTestStores());
