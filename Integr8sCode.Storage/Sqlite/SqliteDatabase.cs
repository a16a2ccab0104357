using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

/// <summary>A database file: one writer thread, any number of readers (WAL), and a span for every call.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly string _connectionString;
    private readonly SqliteFile _file;
    private readonly FileLock _lock;
    private readonly SqliteWriter _writer;
    private readonly ConcurrentBag<SqliteSession> _readers = [];

    private SqliteDatabase(string connectionString, SqliteFile file, FileLock fileLock, SqliteSession writing)
    {
        _connectionString = connectionString;
        _file = file;
        _lock = fileLock;
        _writer = new(writing, fileLock);
    }

    /// <summary>Opens the file, creating it and its tables where they are missing; several processes may do so at once.</summary>
    /// <exception cref="InvalidStorageException">The file cannot be used.</exception>
    public static SqliteDatabase Open(StorageOptions options) => Open(options, SqliteFile.Documents);

    /// <inheritdoc cref="Open(StorageOptions)"/>
    public static SqliteDatabase Open(StorageOptions options, SqliteFile file)
    {
        var connection = new SqliteConnectionStringBuilder(StorageConnection.Parse(options.ConnectionString));
        var path = connection.DataSource += file.Suffix;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return Open(connection.ToString(), file, new FileLock(path + ".lock"));
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new InvalidStorageException($"cannot be opened: '{path}': {error.Message}", error);
        }
    }

    public async Task<T> WriteAsync<T>(StoreCall call, Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        using var span = call.StartSpan();
        try
        {
            return await _writer.WriteAsync(work, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Fail(span, error);
            throw;
        }
    }

    /// <summary>Commits a page, with what it says already: completes when the disk has taken it.</summary>
    public Task PingAsync(CancellationToken cancellationToken) =>
        _writer.WriteAsync(session => session.Execute("PRAGMA application_id = 0"), cancellationToken);

    /// <summary>Reads on the caller's thread: rows come from the page cache in microseconds.</summary>
    public Task<T> ReadAsync<T>(StoreCall call, Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var span = call.StartSpan();
        try
        {
            return Task.FromResult(Read(work));
        }
        catch (Exception error)
        {
            var translated = SqliteErrors.Translate(error);
            Fail(span, translated);
            return Task.FromException<T>(translated);
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        _lock.Dispose();
    }

    private static SqliteDatabase Open(string connectionString, SqliteFile file, FileLock fileLock)
    {
        try
        {
            using (fileLock.Acquire())
            {
                return new(connectionString, file, fileLock, OpenSession(connectionString, file.Configure, file.Prepare));
            }
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    }

    private T Read<T>(Func<SqliteSession, T> work)
    {
        var session = _readers.TryTake(out var pooled) ? pooled : OpenSession(_connectionString, _file.Configure);
        try
        {
            var result = work(session);
            _readers.Add(session);
            return result;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static SqliteSession OpenSession(string connectionString, Action<SqliteSession> configure, Action<SqliteSession>? prepare = null)
    {
        var session = new SqliteSession(new(connectionString));
        try
        {
            session.Open(configure);
            prepare?.Invoke(session);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static void Fail(Activity? span, Exception error) =>
        span?.SetStatus(ActivityStatusCode.Error, error.Message).SetTag(SpanAttributes.ErrorType, error.GetType().FullName);
}
