using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integr8sCode.Events;
using Integr8sCode.Streaming;

namespace Integr8sCode.Executions;

/// <summary>
/// One execution as it happens: its state, every event and all output up to the terminal event, the result, the end. Who comes late gets
/// the same, who comes back the rest.
/// </summary>
internal sealed class ExecutionStream(
    IExecutionStore executions, IEventStore events, IOutputStore outputs, ExecutionWatcher watcher, ExecutionLinker linker)
{
    private readonly StreamedOutput _output = new(outputs);

    public async IAsyncEnumerable<StreamItem> ReadAsync(
        Execution execution, StreamCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (cursor.Phase is StreamPhase.Beginning)
        {
            cursor = cursor with { Phase = StreamPhase.Running };
            yield return ItemOf("state", cursor, ExecutionView.Of(execution, linker.LinksOf(execution)), ApiJson.Default.ExecutionView);
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
            yield return ItemOf("result", cursor, ExecutionView.Result(ended, linker.LinksOf(ended)), ApiJson.Default.ExecutionView);
        }

        yield return ItemOf("end", cursor with { Phase = StreamPhase.End }, new(ended.State.Status), ApiJson.Default.StreamEnd);
    }

    private async IAsyncEnumerable<(StreamItem Item, StreamCursor Cursor)> FollowAsync(
        Guid id, StreamCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = watcher.Watch(id, out var end);
        using var watching = end;
        while (true)
        {
            var seen = watch.Progress;
            await foreach (var piece in ReadNewsAsync(id, cursor, cancellationToken))
            {
                cursor = piece.Cursor;
                yield return piece;
            }

            if (cursor.Phase is StreamPhase.Terminal)
            {
                yield break;
            }

            await watch.ChangedFrom(seen).WaitAsync(cancellationToken);
        }
    }

    // Output before the terminal event comes before it: what of it was not shown while the script ran is in the final output by then.
    private async IAsyncEnumerable<(StreamItem Item, StreamCursor Cursor)> ReadNewsAsync(
        Guid id, StreamCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var recorded in await events.ListAsync(id, cursor.Sequence, cancellationToken))
        {
            var isTerminal = EventTypes.IsTerminal(recorded.Type);
            if (isTerminal)
            {
                await foreach (var piece in _output.ReadKeptAsync(id, cursor, cancellationToken))
                {
                    cursor = piece.Cursor;
                    yield return piece;
                }
            }

            cursor = After(recorded, cursor) with { Phase = isTerminal ? StreamPhase.Terminal : StreamPhase.Running };
            yield return (ItemOf("event", cursor, recorded, ApiJson.Default.Event), cursor);
            if (isTerminal)
            {
                yield break;
            }
        }

        await foreach (var piece in _output.ReadShownAsync(id, cursor, cancellationToken))
        {
            yield return piece;
        }
    }

    private static StreamCursor After(Event recorded, StreamCursor cursor) => recorded.Type is EventTypes.ExecutionStarted
        ? new(recorded.Sequence, recorded.Read(CoreJson.Default.ExecutionStarted).Attempt, 0, 0, cursor.Phase)
        : cursor with { Sequence = recorded.Sequence };

    private static StreamItem ItemOf<T>(string name, StreamCursor cursor, T data, JsonTypeInfo<T> type) =>
        new(name, cursor.ToString(), JsonSerializer.SerializeToUtf8Bytes(data, type));
}

/// <summary>Data of <c>end</c>: nothing follows it.</summary>
public sealed record StreamEnd(ExecutionStatus Status);
