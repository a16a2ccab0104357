using System.Runtime.InteropServices;

namespace Integr8sCode.Sandboxing.Seccomp;

/// <summary>The numbers of the system calls that the filter looks at, for one processor architecture.</summary>
internal sealed record SyscallTable(uint AuditArchitecture, uint CloneCall, uint Clone3Call, uint SocketCall, uint SocketPairCall, uint IoctlCall, IReadOnlyList<uint> Denied)
{
    public static readonly SyscallTable X64 = new(0xC000003E, 56, 435, 41, 53, 16, [.. DeniedCalls.Select(call => (uint)call.X64)]);

    public static readonly SyscallTable Arm64 = new(
        0xC00000B7, 220, 435, 198, 199, 29, [.. DeniedCalls.Where(call => call.Arm64 is not null).Select(call => (uint)call.Arm64!)]);

    /// <exception cref="SandboxUnavailableException">There is no table for this machine.</exception>
    public static SyscallTable OfThisMachine => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => X64,
        Architecture.Arm64 => Arm64,
        var other => throw new SandboxUnavailableException($"There is no system-call filter for the processor architecture {other}."),
    };

    private static (string Name, int X64, int? Arm64)[] DeniedCalls =>
    [
        // kernel keyrings, which no namespace separates
        ("add_key", 248, 217),
        ("keyctl", 250, 219),
        ("request_key", 249, 218),
        // large and young kernel surfaces
        ("io_uring_setup", 425, 425),
        ("io_uring_enter", 426, 426),
        ("io_uring_register", 427, 427),
        ("userfaultfd", 323, 282),
        ("bpf", 321, 280),
        ("perf_event_open", 298, 241),
        ("fanotify_init", 300, 262),
        ("fanotify_mark", 301, 263),
        ("memfd_secret", 447, 447),
        // other processes' memory and descriptors
        ("ptrace", 101, 117),
        ("process_vm_readv", 310, 270),
        ("process_vm_writev", 311, 271),
        ("process_madvise", 440, 440),
        ("kcmp", 312, 272),
        ("pidfd_getfd", 438, 438),
        // mounts and namespaces
        ("mount", 165, 40),
        ("umount2", 166, 39),
        ("pivot_root", 155, 41),
        ("chroot", 161, 51),
        ("move_mount", 429, 429),
        ("open_tree", 428, 428),
        ("fsopen", 430, 430),
        ("fsconfig", 431, 431),
        ("fsmount", 432, 432),
        ("fspick", 433, 433),
        ("mount_setattr", 442, 442),
        ("unshare", 272, 97),
        ("setns", 308, 268),
        ("open_by_handle_at", 304, 265),
        ("name_to_handle_at", 303, 264),
        // the machine
        ("init_module", 175, 105),
        ("finit_module", 313, 273),
        ("delete_module", 176, 106),
        ("kexec_load", 246, 104),
        ("kexec_file_load", 320, 294),
        ("reboot", 169, 142),
        ("swapon", 167, 224),
        ("swapoff", 168, 225),
        ("acct", 163, 89),
        ("quotactl", 179, 60),
        ("quotactl_fd", 443, 443),
        ("syslog", 103, 116),
        ("vhangup", 153, 58),
        // the clock and the host's name
        ("settimeofday", 164, 170),
        ("clock_settime", 227, 112),
        ("adjtimex", 159, 171),
        ("clock_adjtime", 305, 266),
        ("sethostname", 170, 161),
        ("setdomainname", 171, 162),
        // memory placement and odd modes
        ("mbind", 237, 235),
        ("migrate_pages", 256, 238),
        ("move_pages", 279, 239),
        ("set_mempolicy", 238, 237),
        ("set_mempolicy_home_node", 450, 450),
        ("vmsplice", 278, 75),
        ("personality", 135, 92),
        // old calls
        ("lookup_dcookie", 212, 18),
        ("nfsservctl", 180, 42),
        ("iopl", 172, null),
        ("ioperm", 173, null),
        ("modify_ldt", 154, null),
        ("uselib", 134, null),
        ("ustat", 136, null),
        ("sysfs", 139, null),
        ("_sysctl", 156, null),
    ];
}
