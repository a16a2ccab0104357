namespace Integr8sCode.Sqlite;

/// <summary>One database file: where it is, the settings of its connections, and its tables.</summary>
/// <param name="Suffix">What follows the path of the connection string.</param>
/// <param name="Prepare">Creates what is missing; the caller holds the lock between processes.</param>
internal sealed record SqliteFile(string Suffix, Action<SqliteSession> Configure, Action<SqliteSession> Prepare)
{
    public static readonly SqliteFile Documents = new("", SqliteSchema.Configure, SqliteSchema.Create);

    public static readonly SqliteFile Counters = new(".counters", CounterSchema.Configure, CounterSchema.Create);
}
