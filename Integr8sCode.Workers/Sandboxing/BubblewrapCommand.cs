using System.Globalization;
using Integr8sCode.Sandboxing.Languages;

namespace Integr8sCode.Sandboxing;

/// <summary>The command line of one sandbox.</summary>
internal static class BubblewrapCommand
{
    /// <summary>The descriptor from which bubblewrap reads its options. It does nothing before it has them all, so that it can be put into its control group.</summary>
    public const int OptionsDescriptor = 3;

    /// <summary>The descriptor from which bubblewrap reads the system-call filter.</summary>
    public const int FilterDescriptor = 4;

    private const int SharedMemoryBytes = 16 << 20;

    // What tells about the machine or the kernel's secrets.
    private static readonly string[] _hiddenInProc =
    [
        .. new[] { "cmdline", "config.gz", "kallsyms", "kcore", "keys", "key-users", "kmsg", "timer_list" }
            .Select(name => $"/proc/{name}").Where(File.Exists).SelectMany(path => Bind("/dev/null", path)),
    ];

    // On most systems these are links into /usr, on some directories.
    private static readonly string[] _topDirectories = [.. new[] { "/bin", "/sbin", "/lib", "/lib64" }.SelectMany(TopDirectory)];

    public static string[] Program(string bubblewrap, Language? parked) =>
        [bubblewrap, "--args", Text(OptionsDescriptor), "--", .. InitScript.Command(parked)];

    public static string[] Options(SandboxOptions options, SandboxDirectory directory, SlotPlace place, long temporaryDiskBytes) =>
    [
        // Our own init instead of bubblewrap's: that one shows the worker's environment in /proc/1 and ends before its daemons do.
        "--unshare-all", "--unshare-user", "--disable-userns", "--as-pid-1", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
        "--uid", "65534", "--gid", "65534", "--hostname", "sandbox",
        "--clearenv", "--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin", "--setenv", "HOME", "/tmp", "--setenv", "LANG", "C.UTF-8",
        "--ro-bind", "/usr", "/usr", .. _topDirectories,
        .. Bind(directory.Etc, "/etc"),
        .. options.ReadOnlyPaths.SelectMany(path => Bind(path, path)),
        // What is remounted read-only must be after every bind below it; without it /, /dev and /proc take writes bounded by memory alone.
        "--proc", "/proc", .. _hiddenInProc, "--remount-ro", "/proc",
        "--dev", "/dev", .. Temporary("/dev/shm", SharedMemoryBytes), "--remount-ro", "/dev",
        .. Temporary("/tmp", temporaryDiskBytes),
        .. Bind(place.Directory, "/w"), "--remount-ro", "/", "--chdir", "/tmp", "--seccomp", Text(FilterDescriptor),
    ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string[] Bind(string source, string target) => ["--ro-bind", source, target];

    private static string[] Temporary(string path, long bytes) =>
        ["--size", Text(bytes), "--perms", "1777", "--tmpfs", path];

    private static string[] TopDirectory(string path) =>
        new DirectoryInfo(path) is not { Exists: true } top ? []
        : top.LinkTarget is { } target ? ["--symlink", target, path]
        : Bind(path, path);
}
