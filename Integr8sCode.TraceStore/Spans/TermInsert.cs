using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Integr8sCode.Spans;

/// <summary>
/// Adds to the index of search terms. There are several times more terms than spans, and the parameters of a
/// <see cref="SqliteCommand"/> cost more than the insert itself, so this statement alone goes to SQLite directly.
/// </summary>
internal sealed class TermInsert : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;

    public TermInsert(SqliteConnection connection)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle, "INSERT OR IGNORE INTO terms (segment, term, trace) VALUES (?, ?, ?)", out _statement));
    }

    public void Run(long segment, int term, long trace)
    {
        Check(raw.sqlite3_bind_int64(_statement, 1, segment));
        Check(raw.sqlite3_bind_int64(_statement, 2, term));
        Check(raw.sqlite3_bind_int64(_statement, 3, trace));
        _ = raw.sqlite3_step(_statement);
        Check(raw.sqlite3_reset(_statement)); // tells what went wrong in the step
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection.Handle);
}
