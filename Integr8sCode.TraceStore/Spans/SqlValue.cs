using SQLitePCL;

namespace Integr8sCode.Spans;

/// <summary>A value for a <see cref="Statement"/>; a number is not boxed.</summary>
internal readonly struct SqlValue
{
    private readonly long _number;
    private readonly object? _other;

    private SqlValue(long number, object? other) => (_number, _other) = (number, other);

    public static implicit operator SqlValue(long number) => new(number, null);

    public static implicit operator SqlValue(bool flag) => new(flag ? 1 : 0, null);

    public static implicit operator SqlValue(string text) => new(0, text);

    public static implicit operator SqlValue(byte[] bytes) => new(0, bytes);

    public int Bind(sqlite3_stmt statement, int position) => _other switch
    {
        string text => raw.sqlite3_bind_text(statement, position, text),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, position, 0), // an empty blob would be bound as null
        byte[] bytes => raw.sqlite3_bind_blob(statement, position, bytes),
        _ => raw.sqlite3_bind_int64(statement, position, _number),
    };
}
