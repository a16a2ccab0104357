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

    private const int MaxOpenTries = 2000;

    private static readonly TimeSpan OpenPause = TimeSpan.FromMilliseconds(5);

    private readonly SafeFileHandle _file = Open(path);

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

    // .NET asks for a shared flock of its own when it opens a file: that is refused while another process writes, and must not stay.
    private static SafeFileHandle Open(string path)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                _ = Flock(file, Unlock);
                return file;
            }
            catch (IOException) when (tries < MaxOpenTries)
            {
                Thread.Sleep(OpenPause);
            }
        }
    }

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flock(SafeFileHandle file, int operation);

    internal readonly struct Holder(SafeFileHandle file) : IDisposable
    {
        public void Dispose() => _ = Flock(file, Unlock);
    }
}
