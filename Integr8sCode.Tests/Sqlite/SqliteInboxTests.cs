using Integr8sCode.Events;

namespace Integr8sCode.Sqlite;

public sealed class SqliteInboxTests() : InboxTests(new SqliteTestStores());
