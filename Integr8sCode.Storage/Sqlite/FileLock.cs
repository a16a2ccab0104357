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
    private const int ReadWrite = 0x2;
    private const int Create = 0x40;
    private const int CloseOnExec = 0x80000; // a script that inherited the file would hold the lock
    private const int OwnerAndGroup = 0x1B0; // 0660

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

    // Not File.OpenHandle: whatever is shared, it takes a flock of its own, and fails while another process holds ours.
    private static SafeFileHandle Open(string path)
    {
        var file = OpenFile(path, ReadWrite | Create | CloseOnExec, OwnerAndGroup);
        return file.IsInvalid ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : file;
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle OpenFile([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flock(SafeFileHandle file, int operation);

    internal readonly struct Holder(SafeFileHandle file) : IDisposable
    {
        public void Dispose() => _ = Flock(file, Unlock);
    }
}
