namespace Integr8sCode.Local;

/// <summary>The folder that keeps everything between starts, locked as long as the platform that uses it lives.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "integr8scode.lock";
    private const string DatabaseName = "integr8scode.db";
    private const string TracesName = "traces.db";
    private const string KeysName = "dev-keys.json";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // SQLite keeps its log and its index beside the database.
    private static readonly string[] Known =
        [KeysName, .. new[] { DatabaseName, $"{DatabaseName}.counters", TracesName }.SelectMany(name => new[] { name, $"{name}-wal", $"{name}-shm", $"{name}-journal" })];

    private readonly string _path;
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        _path = path;
        _lock = @lock;
    }

    public string Database => Path.Combine(_path, DatabaseName);

    public string Traces => Path.Combine(_path, TracesName);

    public string Keys => Path.Combine(_path, KeysName);

    public static DataFolder Open(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            Make(path);
            return new DataFolder(path, new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new PlatformException(exception.Message);
        }
        catch (IOException) when (File.Exists(Path.Combine(path, LockName)))
        {
            throw new PlatformException($"{path} is in use by another Integr8sCode; stop that one or choose another folder with --data");
        }
    }

    /// <summary>Deletes what the platform has stored, and refuses a folder that it did not make.</summary>
    public static void Reset(string path)
    {
        if (!Directory.Exists(path)) return;
        if (Directory.EnumerateFileSystemEntries(path).Any() && !File.Exists(Path.Combine(path, LockName)))
            throw new PlatformException($"{Path.GetFullPath(path)} is not a data folder of Integr8sCode (it has no {LockName}); nothing was deleted");
        using var folder = Open(path);
        foreach (var name in Known) File.Delete(Path.Combine(path, name));
    }

    public void Dispose() => _lock.Dispose();

    // For its owner only: subscriptions hold secrets, and addresses that are secrets.
    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly);
    }
}
