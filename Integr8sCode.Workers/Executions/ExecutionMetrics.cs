using System.Diagnostics.Metrics;
using Integr8sCode.Sandboxing;

namespace Integr8sCode.Executions;

internal sealed class ExecutionMetrics
{
    private readonly Counter<long> _finished;
    private readonly Counter<long> _discarded;
    private readonly Histogram<double> _run;
    private readonly Histogram<double> _queue;

    public ExecutionMetrics(IMeterFactory meters, RunningExecutions runs, SandboxPool pool)
    {
        var meter = meters.Create(Telemetry.SourceName);
        _finished = meter.CreateCounter<long>(
            "integr8scode.executions.finished", "{execution}", "Attempts whose report was stored, by outcome and language.");
        _discarded = meter.CreateCounter<long>(
            "integr8scode.executions.discarded", "{execution}", "Attempts whose report was refused because their claim was lost.");
        _run = meter.CreateHistogram<double>("integr8scode.execution.run.duration", "s", "Wall-clock time of the script.");
        _queue = meter.CreateHistogram<double>("integr8scode.execution.queue.duration", "s", "From scheduled to claimed.");
        meter.CreateObservableGauge("integr8scode.sandbox.slots.busy", () => runs.Count, "{slot}", "Slots that run a script.");
        meter.CreateObservableGauge("integr8scode.sandbox.slots.total", () => pool.Slots, "{slot}", "Slots of this worker.");
    }

    /// <param name="reported">The execution after the report; <see langword="null"/> where it was refused.</param>
    public void Reported(ExecutionClaim claim, SandboxResult result, Execution? reported)
    {
        if (reported is null)
        {
            _discarded.Add(1);
            return;
        }

        var language = new KeyValuePair<string, object?>("execution.language", claim.Execution.Request.Language);
        _finished.Add(1, new("sandbox.outcome", SnakeCase.NameOf(result.Outcome)), language);
        _run.Record(result.RunTime.TotalSeconds, language);
        if (claim.Execution.State is { StartedAt: { } started, ScheduledAt: { } scheduled })
        {
            _queue.Record((started - scheduled).TotalSeconds, language);
        }
    }
}
