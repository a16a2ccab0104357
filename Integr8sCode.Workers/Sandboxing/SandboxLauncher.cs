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

    private readonly LauncherThread _thread = new();
    private int _started;

    /// <exception cref="SandboxUnavailableException">It did not come up; the message is bubblewrap's.</exception>
    public async Task<ParkedSandbox> ParkAsync(SlotPlace place, long temporaryDiskBytes, Language? parked, CancellationToken cancellationToken)
    {
        var cgroup = cgroups?.Create($"slot-{place.Number}-{Interlocked.Increment(ref _started)}");
        try
        {
            var process = await _thread.StartAsync(new(BubblewrapCommand.Program(options.Bubblewrap, parked)) { UserId = place.UserId, Filter = directory.SeccompFile });
            var sandbox = new ParkedSandbox(process, cgroup, temporaryDiskBytes, parked);
            await sandbox.ComeUpAsync(BubblewrapCommand.Options(options, directory, place, temporaryDiskBytes), cancellationToken);
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
