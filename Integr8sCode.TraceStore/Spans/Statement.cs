using Microsoft.Data.Sqlite;

namespace Integr8sCode.Spans;

/// <summary>A statement that is compiled once and run for every row. Its parameters are $0, $1, ...</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql)
    {
        _command = connection.Prepare(sql);
        for (var i = 0; sql.Contains($"${i}", StringComparison.Ordinal); i++)
        {
            _command.Parameters.Add(new SqliteParameter($"${i}", null));
        }
    }

    /// <summary>Returns how many rows changed.</summary>
    public int Run(params ReadOnlySpan<object> values) => Bind(values).ExecuteNonQuery();

    public SqliteDataReader Read(params ReadOnlySpan<object> values) => Bind(values).ExecuteReader();

    public void Dispose() => _command.Dispose();

    private SqliteCommand Bind(ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i];
        }

        return _command;
    }
}
