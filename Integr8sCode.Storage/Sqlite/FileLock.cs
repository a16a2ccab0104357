using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Integr8sCode.Sqlite;

/// <summary>
/// An exclusive lock between processes. SQLite's own busy handler sleeps and polls, which lets a busy writer starve the others for
/// seconds; here the kernel wakes the waiter, and frees the lock of a process that was killed.
/// </summary>
internal sealed class FileLock(string path) : IDisposable
{
    private const int Exclusive = 2;
    private const int Unlock = 8;
    private const int Interrupted = 4;

    // FileShare.ReadWrite: anything less makes .NET take a flock of its own on the same file.
    private readonly SafeFileHandle _file =
        File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Waits until no other process holds the lock; dispose the result to release it.</summary>
    public Holder Acquire()
    {
        while (Flock(_file, Exclusive) != 0)
        {
            if (Marshal.GetLastPInvokeError() is not Interrupted)
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError());
            }
        }

        return new(_file);
    }

    public void Dispose() => _file.Dispose();

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flock(SafeFileHandle file, int operation);

    internal readonly struct Holder(SafeFileHandle file) : IDisposable
    {
        public void Dispose() => _ = Flock(file, Unlock);
    }
}
