using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

/// <summary>One connection and its prepared commands, for one thread at a time. The text of a command is its key, so keep it constant.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    public void Open(Action<SqliteSession> configure)
    {
        connection.Open();
        configure(this);
    }

    /// <returns>How many rows the statement changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepare(sql, parameters).ExecuteNonQuery();

    public List<T> Query<T>(
        string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Prepare(sql, parameters).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <returns>The first row, or <see langword="default"/> where there is none.</returns>
    public T? Find<T>(
        string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Prepare(sql, parameters).ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = Create(sql, parameters);
            _commands.Add(sql, command);
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = ToColumn(parameters[i].Value);
        }

        return command;
    }

    private SqliteCommand Create(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // only constants of this project come in here; values are parameters
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, _) in parameters)
        {
            command.Parameters.Add(new() { ParameterName = name });
        }

        return command;
    }

    // Ids big-endian, so that a UUIDv7 sorts by time; times as UTC ticks (100 ns), so that they compare as numbers and lose nothing.
    private static object ToColumn(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToByteArray(bigEndian: true),
        DateTimeOffset time => time.UtcTicks,
        _ => value,
    };
}
