using static Integr8sCode.Sandboxing.Seccomp.BpfInstruction;

namespace Integr8sCode.Sandboxing.Seccomp;

/// <summary>
/// Builds the system-call filter of every script: what a script never needs and what has let programs out of sandboxes fails with EPERM.
/// A denylist, because interpreters use a wide and moving set of calls; the namespaces, not this filter, are the wall.
/// </summary>
internal static class SeccompFilter
{
    internal const uint Allow = 0x7fff0000;
    internal const uint KillProcess = 0x80000000;
    internal const uint NotPermitted = 0x00050001;
    internal const uint NoSuchCall = 0x00050026;
    internal const uint NoSuchAddressFamily = 0x00050061;

    // Offsets in struct seccomp_data; arguments are 64 bits wide and little-endian, so these are their low halves.
    private const uint CallNumber = 0;
    private const uint Architecture = 4;
    private const uint FirstArgument = 16;
    private const uint SecondArgument = 24;

    private const uint FirstX32Call = 0x40000000;
    private const uint NewNamespaces = 0x7e020000;
    private const uint TerminalInjectInput = 0x5412;
    private const uint TerminalLinux = 0x541c;

    public static byte[] Build(SyscallTable table)
    {
        List<BpfInstruction> program =
        [
            Load(Architecture), IfEqual(table.AuditArchitecture, 1, 0), Return(KillProcess),
            Load(CallNumber), IfAtLeast(FirstX32Call, 0, 1), Return(NoSuchCall),
            .. table.Denied.Order().SelectMany(call => new[] { IfEqual(call, 0, 1), Return(NotPermitted) }),
            // A filter cannot look behind clone3's pointer; without it the C library falls back to clone.
            IfEqual(table.Clone3Call, 0, 1), Return(NoSuchCall),
            IfEqual(table.CloneCall, 0, 4), Load(FirstArgument), IfAnyBit(NewNamespaces, 0, 1), Return(NotPermitted), Return(Allow),
            .. SocketFamilies(table.SocketCall),
            .. SocketFamilies(table.SocketPairCall),
            IfEqual(table.IoctlCall, 0, 5), Load(SecondArgument),
            IfEqual(TerminalInjectInput, 1, 0), IfEqual(TerminalLinux, 0, 1), Return(NotPermitted), Return(Allow),
            Return(Allow),
        ];
        var bytes = new byte[program.Count * Size];
        for (var index = 0; index < program.Count; index++)
        {
            program[index].Write(bytes.AsSpan(index * Size));
        }
        return bytes;
    }

    // Only local, IPv4, IPv6 and netlink sockets: others, such as vsock, are not separated by the network namespace.
    private static BpfInstruction[] SocketFamilies(uint call) =>
    [
        IfEqual(call, 0, 7), Load(FirstArgument),
        IfEqual(1, 4, 0), IfEqual(2, 3, 0), IfEqual(10, 2, 0), IfEqual(16, 1, 0), Return(NoSuchAddressFamily), Return(Allow),
    ];
}
