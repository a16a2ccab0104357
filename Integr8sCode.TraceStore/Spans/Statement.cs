using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Integr8sCode.Spans;

/// <summary>
/// A statement that is compiled once and run for every row. Its parameters are ?1, ?2, ... Spans come by the ten thousand, and the parameters
/// of a <see cref="SqliteCommand"/> cost more than most inserts, so it goes to SQLite directly.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;

    public Statement(SqliteConnection connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out _statement));
    }

    /// <summary>Returns how many rows changed.</summary>
    public int Run(params ReadOnlySpan<SqlValue> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Check(values[i].Bind(_statement, i + 1));
        }

        _ = raw.sqlite3_step(_statement);
        Check(raw.sqlite3_reset(_statement)); // tells what went wrong in the step
        return raw.sqlite3_changes(_connection.Handle);
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection.Handle);
}
