using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Integr8sCode;

internal static partial class StorageConnection
{
#if USE_MONGO
    private const string Expected =
        "Give a SQLite file as 'Data Source=/path/integr8scode.db' or a MongoDB URL as 'mongodb://user:password@host:27017/integr8scode'.";
#else
    private const string Expected = "Give a SQLite file as 'Data Source=/path/integr8scode.db'.";
#endif

    /// <returns>The SQLite connection string, with what the stores need.</returns>
    public static string Parse(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new InvalidStorageException($"is missing. {Expected}");
        }

        if (IsMongo(value))
        {
            throw new InvalidStorageException(
                $"asks for MongoDB, whose driver was not in the NuGet feed of this build: '{Redact(value)}'. {Expected}");
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

    public static bool IsMongo(string value) =>
        value.StartsWith("mongodb://", StringComparison.OrdinalIgnoreCase)
        || value.StartsWith("mongodb+srv://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The connection string without its password, for messages.</summary>
    public static string Redact(string value) => Secret().Replace(value, "$1***");

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

    // Up to the last @: a password that should have been escaped is hidden whole.
    [GeneratedRegex("(://[^:/@]*:|Password=|Pwd=)(?:.*(?=@)|[^;]*)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Secret();
}
