using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Integr8sCode;

internal static partial class StorageConnection
{
    private const string Expected = "Give a SQLite file as 'Data Source=/path/integr8scode.db'.";

    /// <returns>The SQLite connection string, with what the stores need.</returns>
    public static string Parse(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new InvalidStorageException($"is missing. {Expected}");
        }

        if (IsMongo(value))
        {
            throw new InvalidStorageException($"asks for MongoDB, which this build does not have: '{Redact(value)}'. {Expected}");
        }

        var connection = ParseSqlite(value);
        if (connection.DataSource is "" or ":memory:" || connection.Mode is SqliteOpenMode.Memory)
        {
            throw new InvalidStorageException($"names no file: '{Redact(value)}'. {Expected}");
        }

        connection.DataSource = Path.GetFullPath(connection.DataSource);
        connection.Pooling = false; // the stores keep their connections themselves, with prepared commands
        if (!connection.ShouldSerialize("Default Timeout"))
        {
            connection.DefaultTimeout = 5; // seconds that a call waits for a program that locks the file without our lock
        }

        return connection.ToString();
    }

    private static bool IsMongo(string value) =>
        value.StartsWith("mongodb://", StringComparison.OrdinalIgnoreCase)
        || value.StartsWith("mongodb+srv://", StringComparison.OrdinalIgnoreCase);

    private static SqliteConnectionStringBuilder ParseSqlite(string value)
    {
        try
        {
            return new(value);
        }
        catch (ArgumentException error)
        {
            throw new InvalidStorageException($"is neither a MongoDB URL nor a SQLite file: '{Redact(value)}'. {Expected}", error);
        }
    }

    private static string Redact(string value) => Secret().Replace(value, "$1***");

    [GeneratedRegex("(://[^:/@]*:|Password=|Pwd=)[^@;]*", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
