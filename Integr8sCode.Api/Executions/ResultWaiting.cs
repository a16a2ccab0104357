using System.Globalization;
using Integr8sCode.Streaming;

namespace Integr8sCode.Executions;

/// <summary>Holds a request back until its execution has ended, for callers that ask for it with <c>?wait=</c>.</summary>
internal sealed class ResultWaiting(
    IExecutionStore executions, ExecutionWatcher watcher, StreamSlots slots, ExecutionLinker linker, TimeProvider clock)
{
    private const int MaxSeconds = 30;

    public static readonly string Expected = $"A number of seconds from 0 to {MaxSeconds}.";

    public ExecutionLinker Linker => linker;

    public static bool TryRead(string? text, out TimeSpan limit)
    {
        var valid = double.TryParse(text ?? "0", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= MaxSeconds;
        limit = TimeSpan.FromSeconds(valid ? seconds : 0);

        return valid;
    }

    /// <summary>Waits no longer than the limit, and not at all where too many wait already.</summary>
    /// <returns>The execution as it stands then and, where it has ended, what its owner is told.</returns>
    public async Task<(Execution Execution, ExecutionView? Ended)> WaitAsync(
        Execution execution, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var slot = limit > TimeSpan.Zero ? slots.TryTake(execution.UserId) : null;
        if (slot is null)
        {
            return (execution, null);
        }

        using var timer = new CancellationTokenSource(limit, clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var current = await WaitAsync(execution, over.Token);
        cancellationToken.ThrowIfCancellationRequested();

        return (current, current.State.IsTerminal ? await executions.ShowAsync(current, linker, cancellationToken) : null);
    }

    private async Task<Execution> WaitAsync(Execution execution, CancellationToken over)
    {
        var watch = watcher.Watch(execution.Id, out var end);
        using var watching = end;
        ExecutionProgress? seen = null;
        while (!execution.State.IsTerminal && !over.IsCancellationRequested)
        {
            await watch.ChangedFrom(seen).WaitAsync(over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            seen = watch.Progress;
            if (seen?.Sequence > execution.State.Sequence)
            {
                execution = await executions.FindAsync(execution.Id, CancellationToken.None) ?? execution;
            }
        }

        return execution;
    }
}
