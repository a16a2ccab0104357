using Integr8sCode.Sagas;

namespace Integr8sCode.Sqlite;

public sealed class SqliteSagaStoreTests() : SagaStoreTests(new SqliteTestStores());
