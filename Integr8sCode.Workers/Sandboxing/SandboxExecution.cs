using System.Text;
using Integr8sCode.Executions;
using Integr8sCode.Sandboxing.Cgroups;

namespace Integr8sCode.Sandboxing;

/// <summary>Runs one script in a parked sandbox, holds it to its limits and says how it ended.</summary>
internal sealed class SandboxExecution(ParkedSandbox sandbox, SandboxLimits limits, TimeProvider time)
{
    private const int NotStopped = -1;

    private static readonly TimeSpan _cpuCheck = TimeSpan.FromMilliseconds(20);

    private int _stoppedBy = NotStopped;
    private long _released;
    private TimeSpan _cpuBefore;

    /// <summary>Bytes kept of stdout; default what the limits say for either stream.</summary>
    public int StdoutBytes { get; init; } = limits.OutputBytes;

    /// <summary>Where the output is shown while the script runs; default nowhere.</summary>
    public LiveOutput? Live { get; init; }

    public async Task<SandboxResult> RunAsync(string start, ReadOnlyMemory<byte> input, CancellationToken cancelled)
    {
        sandbox.Cgroup?.Apply(limits);
        _cpuBefore = sandbox.Cgroup?.CpuTime ?? TimeSpan.Zero; // what it took to prepare the sandbox is not the script's
        _released = time.GetTimestamp();
        var feeding = sandbox.FeedAsync(start, input);
        var stderr = CapturedOutput.ReadAsync(sandbox.Stderr, limits.OutputBytes, () => Stop(RunOutcome.OutputLimit), Live is null ? null : Live.ShowStderr);
        var (hasStarted, started, stdout, exitCode, ended) = await SuperviseAsync(cancelled);
        await sandbox.KillToTheLastAsync();
        await feeding;
        var result = Judge(hasStarted, exitCode) with
        {
            Stdout = await stdout,
            Stderr = await stderr,
            StartDelay = time.GetElapsedTime(_released, started),
            RunTime = time.GetElapsedTime(started, ended),
            CpuTime = sandbox.Cgroup is null ? sandbox.Usage.CpuTime : CpuTimeIn(sandbox.Cgroup),
            PeakMemoryBytes = sandbox.Cgroup is null ? sandbox.Usage.PeakMemoryBytes : sandbox.Cgroup.PeakMemoryBytes,
            UsageSource = sandbox.Cgroup is null ? UsageSource.Wait4 : UsageSource.Cgroup,
        };
        return result.Outcome is RunOutcome.SandboxError ? AsError(result, exitCode) : result;
    }

    private async Task<(bool HasStarted, long Started, Task<CapturedOutput> Stdout, int ExitCode, long Ended)> SuperviseAsync(CancellationToken cancelled)
    {
        using var wall = new CancellationTokenSource(limits.Wall, time);
        using var onWall = wall.Token.Register(() => Stop(RunOutcome.Timeout));
        using var onCancel = cancelled.Register(() => Stop(RunOutcome.Cancelled));
        using var hasEnded = new CancellationTokenSource();
        var hasStarted = await sandbox.SaysAsync(InitScript.Started, CancellationToken.None);
        var started = time.GetTimestamp();
        if (hasStarted)
        {
            Live?.Start();
        }
        var stdout = CapturedOutput.ReadAsync(sandbox.Stdout, StdoutBytes, () => Stop(RunOutcome.OutputLimit), Live is null ? null : Live.ShowStdout);
        var watching = WatchCpuAsync(hasEnded.Token);
        var exitCode = await sandbox.ExitAsync();
        var ended = time.GetTimestamp();
        await hasEnded.CancelAsync();
        await watching;
        return (hasStarted, started, stdout, exitCode, ended);
    }

    private void Stop(RunOutcome reason)
    {
        if (Interlocked.CompareExchange(ref _stoppedBy, (int)reason, NotStopped) == NotStopped)
        {
            sandbox.Kill();
        }
    }

    private async Task WatchCpuAsync(CancellationToken hasEnded)
    {
        while (sandbox.Cgroup is { } cgroup && !hasEnded.IsCancellationRequested)
        {
            var left = limits.Cpu - CpuTimeIn(cgroup);
            if (left <= TimeSpan.Zero)
            {
                // On a machine that is out of breath both can be over before either is noticed.
                Stop(time.GetElapsedTime(_released) < limits.Wall ? RunOutcome.CpuLimit : RunOutcome.Timeout);
                return;
            }
            // All cores together cannot use it up sooner.
            var wait = left / Environment.ProcessorCount;
            await Task.Delay(wait > _cpuCheck ? wait : _cpuCheck, time, hasEnded).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A virtual machine that was frozen counts the pause as CPU time of whatever ran, though not as time that went by.
    private TimeSpan CpuTimeIn(Cgroup cgroup)
    {
        var counted = cgroup.CpuTime - _cpuBefore;
        var possible = time.GetElapsedTime(_released) * Environment.ProcessorCount;
        return counted < possible ? counted : possible;
    }

    // The order matters: what we did ourselves first, then the kernel's word, and only then what the exit code seems to say.
    private SandboxResult Judge(bool hasStarted, int exitCode) => _stoppedBy switch
    {
        not NotStopped => new SandboxResult((RunOutcome)_stoppedBy),
        _ when sandbox.Cgroup is { RanOutOfMemory: true } => new SandboxResult(RunOutcome.MemoryLimit) { ExitCode = exitCode },
        _ when !hasStarted => new SandboxResult(RunOutcome.SandboxError),
        _ when exitCode is > 128 and <= 192 => new SandboxResult(RunOutcome.Signaled) { ExitCode = exitCode, Signal = exitCode - 128 },
        _ => new SandboxResult(RunOutcome.Exited) { ExitCode = exitCode },
    };

    private static SandboxResult AsError(SandboxResult result, int exitCode) => result with
    {
        Error = $"The sandbox ended with {exitCode} before the script started: {Encoding.UTF8.GetString(result.Stderr.Bytes.Span).Trim()}",
        Stdout = CapturedOutput.Empty,
        Stderr = CapturedOutput.Empty,
    };
}
