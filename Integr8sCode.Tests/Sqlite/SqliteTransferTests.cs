using Integr8sCode.Transfers;

namespace Integr8sCode.Sqlite;

public sealed class SqliteTransferTests() : TransferTests(new SqliteTestStores());
