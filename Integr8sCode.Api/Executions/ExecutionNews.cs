using Integr8sCode.Events;
using Integr8sCode.Streaming;

namespace Integr8sCode.Executions;

/// <summary>Reads what has happened to an execution after a cursor, and what it wrote, up to the terminal event.</summary>
internal sealed class ExecutionNews(IEventStore events, IOutputStore outputs)
{
    private readonly StreamedOutput _output = new(outputs);

    // Output before the terminal event comes before it: what of it was not shown while the script ran is in the final output by then.
    public async Task<StreamStep> ReadAsync(Guid id, StreamCursor cursor, CancellationToken cancellationToken)
    {
        var happened = await events.ListAsync(id, cursor.Sequence, cancellationToken);
        if (happened is [])
        {
            return await _output.ReadShownAsync(id, cursor, cancellationToken);
        }

        if (!EventTypes.IsTerminal(happened[0].Type))
        {
            return StepOf(happened.TakeWhile(recorded => !EventTypes.IsTerminal(recorded.Type)), cursor);
        }

        return await _output.ReadKeptAsync(id, cursor, cancellationToken) is { Items: not [] } output
            ? output
            : StepOf([happened[0]], cursor with { Phase = StreamPhase.Terminal });
    }

    private static StreamStep StepOf(IEnumerable<Event> happened, StreamCursor cursor)
    {
        var items = new List<(StreamItem Item, StreamCursor After)>();
        foreach (var recorded in happened)
        {
            cursor = After(recorded, cursor);
            items.Add((StreamItem.Of("event", cursor.ToString(), recorded, ApiJson.Default.Event), cursor));
        }

        return new([.. items]);
    }

    private static StreamCursor After(Event recorded, StreamCursor cursor) => recorded.Type is EventTypes.ExecutionStarted
        ? new(recorded.Sequence, recorded.Read(CoreJson.Default.ExecutionStarted).Attempt, 0, 0, cursor.Phase)
        : cursor with { Sequence = recorded.Sequence };
}
