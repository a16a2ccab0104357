using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Integr8sCode.Sandboxing;

/// <summary>
/// The real user of one thread of a worker that runs as root. The kernel keeps users by the thread and the C library changes all threads at
/// once, so these are the kernel's own calls.
/// </summary>
internal static partial class ThreadUser
{
    private const nint Unchanged = -1;

    private static readonly (nint SetGroups, nint SetUsers, nint SetGroupIds) _calls = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => (116, 117, 119),
        Architecture.Arm64 => (159, 147, 149),
        var other => throw new PlatformNotSupportedException($"The sandbox does not know the system calls of {other}."),
    };

    /// <summary>Sets the real user and group; the thread stays root in effect, without any other group.</summary>
    /// <exception cref="Win32Exception">The worker may not, because it lacks CAP_SETUID or CAP_SETGID.</exception>
    public static void SetReal(int id)
    {
        Check(Call(_calls.SetGroups, 0, 0, 0));
        Check(Call(_calls.SetGroupIds, id, Unchanged, Unchanged));
        Check(Call(_calls.SetUsers, id, Unchanged, Unchanged));
    }

    private static void Check(nint result)
    {
        if (result != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint first, nint second, nint third);
}
