using System.ComponentModel;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Integr8sCode.Sqlite;

internal static class SqliteErrors
{
    /// <summary>True for a refused row, which leaves the transaction usable; every other error of SQLite may have ended it.</summary>
    public static bool IsConstraint(Exception error) => error is SqliteException { SqliteErrorCode: SQLITE_CONSTRAINT };

    /// <returns>The exception as callers know it: what is not the call's own fault becomes <see cref="StoreUnavailableException"/>.</returns>
    public static Exception Translate(Exception error) => error switch
    {
        SqliteException { SqliteErrorCode: SQLITE_BUSY or SQLITE_LOCKED } => new StoreUnavailableException(
            "Another program holds the SQLite database locked. Close tools that have it open, then repeat the call.", error),
        SqliteException { SqliteErrorCode: SQLITE_FULL } => new StoreUnavailableException(
            "The disk of the SQLite database is full. Free some space, then repeat the call.", error),
        SqliteException { SqliteErrorCode: SQLITE_CORRUPT or SQLITE_NOTADB } => new StoreUnavailableException(
            "The SQLite database is damaged. Restore it from a backup.", error),
        SqliteException
        {
            SqliteErrorCode: SQLITE_IOERR or SQLITE_CANTOPEN or SQLITE_READONLY or SQLITE_PERM or SQLITE_NOMEM or SQLITE_PROTOCOL
        } => new StoreUnavailableException(
            $"SQLite cannot read or write its database ({error.Message}). Check the disk and the permissions of the file.", error),
        SqliteException { SqliteErrorCode: SQLITE_CONSTRAINT } => new InvalidOperationException(
            $"The store refused a row that contradicts one it holds: {error.Message}", error),
        Win32Exception => new StoreUnavailableException(
            $"The lock file beside the SQLite database cannot be used ({error.Message}). The database must be on a local disk.", error),
        _ => error,
    };
}
