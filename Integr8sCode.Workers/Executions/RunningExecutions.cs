using System.Collections.Concurrent;

namespace Integr8sCode.Executions;

/// <summary>What this process runs right now.</summary>
internal sealed class RunningExecutions(Worker worker)
{
    private readonly ConcurrentDictionary<RunningExecution, Task> _runs = new();

    public int Count => _runs.Count;

    public void Start(RunningExecution run, Func<RunningExecution, Task> work)
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _runs[run] = RunAsync();
        begin.SetResult();

        async Task RunAsync()
        {
            await begin.Task;
            try
            {
                await work(run);
            }
            finally
            {
                _runs.TryRemove(run, out _);
            }
        }
    }

    public IReadOnlyList<RunningExecution> List() => [.. _runs.Keys];

    /// <summary>Stops the runs that the store says are cancelled, or are no longer ours.</summary>
    /// <param name="runs">What ran before the store was asked: a claim made meanwhile is not in its answer and not lost.</param>
    public static void Reconcile(IReadOnlyList<RunningExecution> runs, IReadOnlyList<Execution> held)
    {
        var byId = held.ToDictionary(execution => execution.Id);
        foreach (var run in runs)
        {
            if (!byId.TryGetValue(run.Claim.Id, out var execution) || execution.State.Attempts != run.Claim.Attempt)
            {
                run.Stop(StopReason.LeaseLost);
            }
            else if (execution.State.CancelRequested)
            {
                run.Stop(StopReason.Cancelled);
            }
        }
    }

    /// <summary>Lets runs end for the length of the grace, then kills them and waits for their reports.</summary>
    public async Task DrainAsync()
    {
        var ended = Task.WhenAll(_runs.Values);
        await Task.WhenAny(ended, Task.Delay(worker.Options.ShutdownGrace, worker.Clock));
        foreach (var run in _runs.Keys)
        {
            run.Stop(StopReason.Shutdown);
        }

        await ended;
    }
}
