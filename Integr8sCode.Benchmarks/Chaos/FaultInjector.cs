using System.Collections.Concurrent;
using System.Diagnostics;
using Integr8sCode.Local;

namespace Integr8sCode.Chaos;

/// <summary>Carries out a plan of faults; the platform itself starts again what they end.</summary>
internal sealed class FaultInjector(LocalPlatform platform, TimeProvider clock)
{
    private readonly ConcurrentQueue<InjectedFault> _injected = new();

    public IReadOnlyCollection<InjectedFault> Injected => _injected;

    /// <summary>Returns when the last stopped process goes on.</summary>
    public async Task RunAsync(IReadOnlyList<Fault> plan, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var running = new List<Task>();
        foreach (var fault in plan)
        {
            var wait = fault.At - watch.Elapsed;
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, cancellationToken);
            running.Add(InjectAsync(fault, cancellationToken));
        }

        await Task.WhenAll(running);
    }

    private async Task InjectAsync(Fault fault, CancellationToken cancellationToken)
    {
        var service = platform[fault.Service];
        if (!service.IsRunning)
        {
            return; // it waits for its restart
        }

        var process = service.ProcessId;
        switch (fault.Signal)
        {
            case Signal.Kill:
                await service.KillAsync();
                break;
            case Signal.Terminate:
                service.Terminate();
                break;
            default:
                service.Pause();
                break;
        }

        _injected.Enqueue(new(fault.Service, process, fault.Signal, clock.GetUtcNow()));
        if (fault.Signal is Signal.Stop)
        {
            await Task.Delay(fault.Stopped, cancellationToken);
            service.Continue();
        }
    }
}
