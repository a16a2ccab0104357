using System.Runtime.CompilerServices;
using Integr8sCode.Streaming;

namespace Integr8sCode.Executions;

/// <summary>
/// One execution as it happens: its state, every event and all output up to the terminal event, the result, the end. Who comes late gets
/// the same, who comes back the rest.
/// </summary>
internal sealed class ExecutionStream(IExecutionStore executions, ExecutionNews news, ExecutionWatcher watcher, ExecutionLinker linker)
{
    public async IAsyncEnumerable<StreamItem> ReadAsync(
        Execution execution, StreamCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (cursor.Phase is StreamPhase.Beginning)
        {
            cursor = cursor with { Phase = StreamPhase.Running };
            yield return StreamItem.Of(
                "state", cursor.ToString(), ExecutionView.Of(execution, linker.LinksOf(execution)), ApiJson.Default.ExecutionView);
        }

        if (cursor.Phase is StreamPhase.Running)
        {
            await foreach (var (item, after) in FollowAsync(execution.Id, cursor, cancellationToken))
            {
                cursor = after;
                yield return item;
            }
        }

        var ended = await executions.FindAsync(execution.Id, cancellationToken) ?? execution;
        if (cursor.Phase is StreamPhase.Terminal)
        {
            cursor = cursor with { Phase = StreamPhase.Result };
            yield return StreamItem.Of(
                "result", cursor.ToString(), ExecutionView.Result(ended, linker.LinksOf(ended)), ApiJson.Default.ExecutionView);
        }

        cursor = cursor with { Phase = StreamPhase.End };
        yield return StreamItem.Of("end", cursor.ToString(), new(ended.State.Status), ApiJson.Default.StreamEnd);
    }

    private async IAsyncEnumerable<(StreamItem Item, StreamCursor After)> FollowAsync(
        Guid id, StreamCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = watcher.Watch(id, out var end);
        using var watching = end;
        while (cursor.Phase is not StreamPhase.Terminal)
        {
            var seen = watch.Progress;
            var step = await watch.ReadAsync(id, cursor, news).WaitAsync(cancellationToken);
            foreach (var piece in step.Items)
            {
                cursor = piece.After;
                yield return piece;
            }

            if (step.Items is [])
            {
                await watch.ChangedFrom(seen).WaitAsync(cancellationToken);
            }
        }
    }
}

/// <summary>Data of <c>end</c>: nothing follows it.</summary>
public sealed record StreamEnd(ExecutionStatus Status);
