using System.Runtime.InteropServices;

namespace Integr8sCode.Sandboxing;

internal static partial class Libc
{
    public const int SigKill = 9;

    private const uint CloseOnExec = 4;

    /// <summary>Marks every inherited descriptor, so that none can reach a script.</summary>
    public static void CloseInheritedDescriptorsOnExec() => _ = CloseRange(3, uint.MaxValue, CloseOnExec);

    public static void Kill(int processId) => _ = Kill(processId, SigKill);

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

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint userId, uint groupId);
}
