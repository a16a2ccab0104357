using Microsoft.Extensions.Options;

namespace Integr8sCode.Sqlite;

/// <summary>The file of counters beside that of the documents.</summary>
internal sealed class SqliteCounters(IOptions<StorageOptions> options) : IDisposable
{
    public SqliteDatabase Database { get; } = SqliteDatabase.Open(options.Value, SqliteFile.Counters);

    public void Dispose() => Database.Dispose();
}
