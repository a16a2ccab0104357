using Integr8sCode.Sandboxing.Cgroups;
using Integr8sCode.Sandboxing.Languages;

namespace Integr8sCode.Sandboxing;

/// <summary>Prepares sandboxes: one starts here, goes into its control group, sets itself up and waits for its script.</summary>
internal sealed class SandboxLauncher(SandboxOptions options, SandboxDirectory directory, CgroupTree? cgroups) : IDisposable
{
    /// <summary>Processes of a sandbox that are not the script's: bubblewrap and its init.</summary>
    public const int OwnProcesses = 2;

    /// <summary>Processes of a sandbox that waits: those and the one that becomes the script.</summary>
    public const int ParkedProcesses = OwnProcesses + 1;

    // Arguments: the filter, the control groups' files, --, the command. The shell opens the filter for bubblewrap and moves itself
    // into the groups, so that no process of a sandbox ever was outside them.
    private const string Script =
        """
        cd /; filter=$1; shift
        while [ "$1" != -- ]; do echo 0 >"$1" || exit 125; shift; done; shift
        exec 9<"$filter" "$@"
        """;

    private readonly LauncherThread _thread = new();
    private int _started;

    /// <exception cref="SandboxUnavailableException">It did not come up; the message is bubblewrap's.</exception>
    public async Task<ParkedSandbox> ParkAsync(SlotPlace place, long temporaryDiskBytes, Language? parked, CancellationToken cancellationToken)
    {
        var cgroup = cgroups?.Create($"slot-{place.Number}-{Interlocked.Increment(ref _started)}");
        try
        {
            var process = await _thread.StartAsync(Command(BubblewrapCommand.Build(options, directory, place, temporaryDiskBytes, parked), cgroup));
            var sandbox = new ParkedSandbox(process, cgroup, temporaryDiskBytes, parked);
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

    private string[] Command(IEnumerable<string> sandbox, Cgroup? cgroup) =>
        ["/bin/sh", "-c", Script, "launcher", directory.SeccompFile, .. cgroup?.ProcessFiles ?? [], "--", .. sandbox];
}
