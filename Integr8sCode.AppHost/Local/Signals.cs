using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Integr8sCode.Local;

internal static partial class Signals
{
    /// <summary>Sends a signal to the process alone; one that has ended is left alone.</summary>
    public static void Send(this Process process, Signal signal)
    {
        if (!process.HasExited) _ = Send(process.Id, (int)signal);
    }

    /// <summary>Sends a signal to the process and to those it started, if it leads a process group.</summary>
    public static void SendToGroup(this Process process, Signal signal) => _ = Send(-process.Id, (int)signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
