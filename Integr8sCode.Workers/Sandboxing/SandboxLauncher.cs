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

    // Arguments: the filter and the command. The shell waits until it has been put into its control group, so that no process of a sandbox ever
    // was outside it, and opens the filter for bubblewrap.
    private const string Script = "cd /; read -r go || exit; filter=$1; shift; exec 9<\"$filter\" \"$@\"";

    private readonly LauncherThread _thread = new();
    private int _started;

    /// <exception cref="SandboxUnavailableException">It did not come up; the message is bubblewrap's.</exception>
    public async Task<ParkedSandbox> ParkAsync(SlotPlace place, long temporaryDiskBytes, Language? parked, CancellationToken cancellationToken)
    {
        var cgroup = cgroups?.Create($"slot-{place.Number}-{Interlocked.Increment(ref _started)}");
        try
        {
            string[] command = ["/bin/sh", "-c", Script, "launcher", directory.SeccompFile, .. BubblewrapCommand.Build(options, directory, place, temporaryDiskBytes, parked)];
            var process = await _thread.StartAsync(command, place.UserId);
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
}
