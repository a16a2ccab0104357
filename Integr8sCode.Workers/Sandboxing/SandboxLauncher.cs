using System.Diagnostics;
using Integr8sCode.Sandboxing.Cgroups;

namespace Integr8sCode.Sandboxing;

/// <summary>Prepares sandboxes: one starts here, goes into its control group, sets itself up and waits for its script.</summary>
internal sealed class SandboxLauncher(SandboxOptions options, SandboxDirectory directory, CgroupTree? cgroups) : IDisposable
{
    /// <summary>Processes of a sandbox that are not the script's: bubblewrap and its init.</summary>
    public const int OwnProcesses = 2;

    // Arguments: the filter, the control groups' files, --, the command. The shell opens what .NET cannot pass on, and moves itself
    // into the groups, so that no process of a sandbox ever was outside them. A child of .NET ignores
    // SIGPIPE; a script must not. A session of its own keeps the terminal's Ctrl-C, meant for the worker, from the scripts.
    private const string Script =
        """
        filter=$1; shift
        while [ "$1" != -- ]; do echo 0 >"$1" || exit 125; shift; done; shift
        exec 9<"$filter" /usr/bin/setsid /usr/bin/env --default-signal=PIPE "$@"
        """;

    private readonly LauncherThread _thread = new();
    private int _started;

    /// <exception cref="SandboxUnavailableException">It did not come up; the message is bubblewrap's.</exception>
    public async Task<ParkedSandbox> ParkAsync(SlotPlace place, long temporaryDiskBytes, CancellationToken cancellationToken)
    {
        var cgroup = cgroups?.Create($"slot-{place.Number}-{Interlocked.Increment(ref _started)}");
        try
        {
            var process = await _thread.StartAsync(StartInfo(place, temporaryDiskBytes, cgroup));
            var sandbox = new ParkedSandbox(process, cgroup, temporaryDiskBytes);
            await sandbox.ComeUpAsync(cancellationToken);
            return sandbox;
        }
        catch
        {
            cgroup?.TryRemove();
            throw;
        }
    }

    public void Dispose() => _thread.Dispose();

    private ProcessStartInfo StartInfo(SlotPlace place, long temporaryDiskBytes, Cgroup? cgroup)
    {
        var startInfo = new ProcessStartInfo(
            "/bin/sh",
            [
                "-c", Script, "launcher", directory.SeccompFile, .. cgroup?.ProcessFiles ?? [], "--",
                .. BubblewrapCommand.Build(options, directory, place, temporaryDiskBytes),
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        startInfo.Environment.Clear();
        return startInfo;
    }
}
