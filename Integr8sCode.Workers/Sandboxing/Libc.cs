using System.Runtime.InteropServices;

namespace Integr8sCode.Sandboxing;

internal static partial class Libc
{
    public const int SigKill = 9;

    private const uint CloseOnExec = 4;
    private const int ProcessIdType = 1;
    private const int Ended = 4;
    private const int LeaveWaitable = 0x01000000;
    private const int Interrupted = 4;

    /// <summary>Marks every inherited descriptor, so that none can reach a script.</summary>
    public static void CloseInheritedDescriptorsOnExec() => _ = CloseRange(3, uint.MaxValue, CloseOnExec);

    public static void Kill(int processId) => _ = Kill(processId, SigKill);

    /// <summary>The most memory this process itself has had. A child starts with that as its own peak.</summary>
    public static long OwnPeakMemoryBytes => GetUsage(0, out var usage) == 0 ? usage.PeakMemoryBytes : long.MaxValue;

    /// <summary>Blocks until the child has ended and leaves it to be reaped.</summary>
    public static void WaitForEnd(int processId)
    {
        var info = (stackalloc byte[256]);
        while (WaitId(ProcessIdType, processId, info, Ended | LeaveWaitable) != 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
            // A signal came between.
        }
    }

    public static (int ExitCode, ResourceUsage Usage) Reap(int processId)
    {
        _ = Wait4(processId, out var status, 0, out var usage);
        return ((status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f), usage);
    }

    public static void GiveToGroup(string path, int groupId)
    {
        if (Chown(path, uint.MaxValue, (uint)groupId) != 0)
        {
            throw new IOException($"Cannot give {path} to group {groupId}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "close_range")]
    private static partial int CloseRange(uint first, uint last, uint flags);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, out ResourceUsage usage);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitId(int type, int id, Span<byte> info, int options);

    [LibraryImport("libc", EntryPoint = "wait4")]
    private static partial int Wait4(int processId, out int status, int options, out ResourceUsage usage);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint userId, uint groupId);
}
