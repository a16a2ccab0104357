using System.Collections.Concurrent;
using System.Diagnostics;

namespace Integr8sCode.Local;

/// <summary>A service of the platform: its process, started again when it crashes, and what a test does to it.</summary>
internal sealed class Service(ServiceSpec spec, bool restartCrashed, OutputLine output)
{
    // One that has ended is noticed at once; this is for one that hangs, on a machine that may be busy with something else.
    private static readonly TimeSpan HealthLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(50);
    private const int ShownLines = 15;

    private readonly ConcurrentQueue<int> _exitCodes = new();
    private TaskCompletionSource _stopping = new();
    private Task _supervision = Task.CompletedTask;
    private ServiceProcess? _process;
    private bool _wasHealthy;

    public string Name => spec.Name;

    public Uri Address => spec.Address;

    public ServiceLog Log { get; } = new(spec.Name, output);

    public int ProcessId => Current.Id;

    /// <summary>False before the first start, after the end, and while a crashed one waits for its restart.</summary>
    public bool IsRunning => _process is { Exited.IsCompleted: false };

    /// <summary>Of all its processes that have ended, in order; 128 and the signal's number for one that a signal ended.</summary>
    public IReadOnlyList<int> ExitCodes => [.. _exitCodes];

    private ServiceProcess Current => _process ?? throw new InvalidOperationException($"{Name} was not started");

    /// <summary>Starts the process and returns when it is healthy.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await LaunchAsync();
        await WaitUntilHealthyAsync(cancellationToken);
    }

    /// <summary>Starts the process. Only one that was seen healthy is started again when it crashes: a wrong setting is not cured by repeating it.</summary>
    public async Task LaunchAsync()
    {
        _stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _wasHealthy = false;
        _process = await ServiceProcess.StartAsync(spec, Log);
        _supervision = SuperviseAsync(_stopping.Task);
    }

    public async Task WaitUntilHealthyAsync(CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (await HealthProbe.FindProblemAsync(Address, cancellationToken) is { } problem)
        {
            if (_supervision.IsCompleted) throw Failure("stopped before it was healthy");
            if (waited.Elapsed > HealthLimit) throw Failure($"is not healthy after {HealthLimit.TotalMinutes:0} minutes: {problem}");
            await Task.Delay(ProbeInterval, cancellationToken);
        }
        _wasHealthy = true;
    }

    /// <summary>SIGTERM, and SIGKILL for one that has not ended within <paramref name="patience"/>.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        _stopping.TrySetResult();
        _process?.Send(Signal.Terminate);
        _process?.Send(Signal.Continue);
        if (await Task.WhenAny(_supervision, Task.Delay(patience)) != _supervision)
        {
            Log.Add($"did not stop within {patience.TotalSeconds:0.0} s and is killed");
            _process?.Kill();
        }
        await _supervision;
    }

    public async Task RestartAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await StopAsync(patience);
        await StartAsync(cancellationToken);
    }

    /// <summary>SIGKILL, as a crash: with automatic restart the service comes back.</summary>
    public async Task KillAsync()
    {
        var process = Current;
        process.Kill();
        await process.Exited;
    }

    /// <summary>SIGTERM, as from somebody else: it ends in order, and with automatic restart it comes back.</summary>
    public void Terminate() => Current.Send(Signal.Terminate);

    /// <summary>SIGSTOP: alive for the kernel, silent for everyone else.</summary>
    public void Pause() => Current.Send(Signal.Stop);

    public void Continue() => Current.Send(Signal.Continue);

    /// <summary>Returns the exit code when the present process has ended.</summary>
    public Task<int> WaitForExitAsync(CancellationToken cancellationToken) => Current.Exited.WaitAsync(cancellationToken);

    private async Task SuperviseAsync(Task stopping)
    {
        var backoff = new Backoff();
        while (true)
        {
            var uptime = Stopwatch.StartNew();
            var exitCode = await Current.Exited;
            _exitCodes.Enqueue(exitCode);
            if (stopping.IsCompleted) return;
            if (!restartCrashed || !_wasHealthy)
            {
                Log.Add($"ended with exit code {exitCode}");
                return;
            }
            var delay = backoff.Next(uptime.Elapsed);
            Log.Add($"ended with exit code {exitCode}, starts again in {delay.TotalSeconds:0} s");
            await Task.WhenAny(stopping, Task.Delay(delay));
            if (stopping.IsCompleted) return;
            _process = await ServiceProcess.StartAsync(spec, Log);
            if (stopping.IsCompleted) _process.Kill(); // StopAsync has spoken to the one before
        }
    }

    private PlatformException Failure(string what) =>
        new($"{Name} {what}; its last lines:\n{string.Join('\n', Log.Lines.TakeLast(ShownLines).Select(line => $"  {line}"))}");
}
