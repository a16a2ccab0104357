using System.Diagnostics;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Traces;

/// <summary>Reads what an execution led to from the trace backend.</summary>
internal sealed class TimelineReader(TraceBackend backend, IEventStore events, IOptions<TraceQueryOptions> options, TimeProvider clock)
{
    /// <returns>The spans, or why there are none.</returns>
    public async Task<(SpanTree? Tree, MissingTrace? Missing)> ReadAsync(Execution execution, CancellationToken cancellationToken)
    {
        if (execution.TraceId is null)
        {
            return (null, MissingTrace.NotTraced);
        }

        var id = execution.Id.ToString();
        var spans = await backend.FindAsync(execution.TraceId, cancellationToken);

        // A caller may have recorded spans of its own in a trace of which we have recorded nothing.
        return spans.Any(span => span.Text(SpanAttributes.ExecutionId) == id)
            ? (SpanTree.Of(spans, id), null)
            : (null, await ExplainAsync(execution, cancellationToken));
    }

    private async Task<MissingTrace> ExplainAsync(Execution execution, CancellationToken cancellationToken)
    {
        var context = await events.FindRequestContextAsync(execution.Id, cancellationToken);
        var sampled = context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
        var ended = execution.State.ResultStoredAt ?? execution.State.FinishedAt;

        return !sampled ? MissingTrace.NotSampled
            : ended is null || clock.GetUtcNow() - ended < options.Value.ArrivalLimit ? MissingTrace.NotYet
            : MissingTrace.Expired;
    }
}
