using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Integr8sCode.Sandboxing;

/// <summary>
/// Starts a program in a session of its own, with nothing of the worker's: no environment, no ignored or blocked signal (a child of .NET ignores
/// SIGPIPE; a script must not), no terminal whose Ctrl-C is meant for the worker.
/// </summary>
internal static partial class PosixSpawn
{
    private const short RealUser = 0x01;
    private const short DefaultSignals = 0x04;
    private const short SignalMask = 0x08;
    private const short NewSession = 0x80;

    private const int StandardDescriptors = 3;
    private const int BubblewrapDescriptors = BubblewrapCommand.FilterDescriptor + 1;
    private const int ReadOnly = 0;

    // glibc has it from 2.34 on. Elsewhere what was open a moment before is closed, and a descriptor that another thread opens since then is not.
    private static readonly bool _closesFrom =
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "posix_spawn_file_actions_addclosefrom_np", out _);

    // Larger than glibc's and musl's structures (336 and 80 bytes at most).
    private const int OpaqueBytes = 512;

    /// <param name="program">What is started, in the root directory.</param>
    /// <param name="descriptors">What it gets as 0, 1, 2 and, with a filter, <see cref="BubblewrapCommand.OptionsDescriptor"/>.</param>
    /// <returns>The process' id.</returns>
    /// <exception cref="Win32Exception">The program cannot be started.</exception>
    public static int Start(SandboxProgram program, IReadOnlyList<int> descriptors)
    {
        if (program.UserId is not { } other)
        {
            return Start(program, descriptors, flags: 0);
        }
        // Root outside the sandbox's user namespace is root to files like /proc/sys/kernel/core_pattern, whatever the namespace says. A child
        // can be told to take its thread's real user, which costs a program less than one that changes the user and starts the next.
        ThreadUser.SetReal(other);
        try
        {
            return Start(program, descriptors, RealUser);
        }
        finally
        {
            ThreadUser.SetReal(0);
        }
    }

    private static unsafe int Start(SandboxProgram program, IReadOnlyList<int> descriptors, short flags)
    {
        byte* actions = stackalloc byte[OpaqueBytes], attributes = stackalloc byte[OpaqueBytes], signals = stackalloc byte[OpaqueBytes];
        Check(InitializeActions(actions));
        Check(InitializeAttributes(attributes));
        try
        {
            for (var index = 0; index < descriptors.Count; index++)
            {
                Check(AddDuplicate(actions, descriptors[index], index < StandardDescriptors ? index : BubblewrapCommand.OptionsDescriptor));
            }
            if (program.Filter is { } filter)
            {
                Check(AddOpen(actions, BubblewrapCommand.FilterDescriptor, filter, ReadOnly, 0));
            }
            if (_closesFrom)
            {
                // librdkafka opens pipes that a child inherits, at any time.
                Check(AddCloseFrom(actions, program.Filter is null ? StandardDescriptors : BubblewrapDescriptors));
            }
            Check(AddDirectory(actions, "/"));
            Check(SetFlags(attributes, (short)(flags | DefaultSignals | SignalMask | NewSession)));
            _ = FillSignals(signals);
            Check(SetDefaultSignals(attributes, signals));
            _ = EmptySignals(signals);
            Check(SetSignalMask(attributes, signals));
            Check(Spawn(out var processId, program.Command[0], actions, attributes, [.. program.Command, null], [null]));
            return processId;
        }
        finally
        {
            _ = DestroyActions(actions);
            _ = DestroyAttributes(attributes);
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new Win32Exception(error);
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Spawn(out int processId, string path, byte* actions, byte* attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static unsafe partial int InitializeActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static unsafe partial int AddDuplicate(byte* actions, int descriptor, int target);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int AddOpen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    private static unsafe partial int AddCloseFrom(byte* actions, int descriptor);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int AddDirectory(byte* actions, string path);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static unsafe partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static unsafe partial int InitializeAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static unsafe partial int SetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static unsafe partial int SetDefaultSignals(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static unsafe partial int SetSignalMask(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static unsafe partial int DestroyAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    private static unsafe partial int FillSignals(byte* signals);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    private static unsafe partial int EmptySignals(byte* signals);
}
