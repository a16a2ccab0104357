using System.Globalization;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Local;

namespace Integr8sCode.Chaos;

/// <summary>What happened and whether it was survived, as a table.</summary>
internal sealed class ChaosReport(TextWriter output)
{
    private const int MaxShown = 20;

    public void WriteStart(ChaosOptions options) => Line($"chaos: {options.Duration.TotalSeconds:0} s, --seed {options.Seed}");

    public void WriteFaults(IEnumerable<Service> services, IReadOnlyCollection<InjectedFault> faults)
    {
        Line("");
        Line($"  {"faults",-24} {"SIGKILL",8} {"SIGTERM",8} {"SIGSTOP",8}");
        foreach (var service in services)
        {
            var signals = faults.Where(fault => fault.Name == service.Name).ToLookup(fault => fault.Signal);
            Line($"  {service.Name,-24} {signals[Signal.Kill].Count(),8} {signals[Signal.Terminate].Count(),8} {signals[Signal.Stop].Count(),8}");
        }
    }

    /// <summary>When each fault came, to compare a breach with.</summary>
    public void WriteTimes(IEnumerable<InjectedFault> faults)
    {
        Line("");
        foreach (var fault in faults)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"  {fault.Done:HH:mm:ss.fff} {fault.Signal,-10} {fault.Name}"));
        }
    }

    public async Task WriteLoadAsync(SteadyLoad load, StoreChecks store, CancellationToken cancellationToken)
    {
        var executions = await store.ListAsync(cancellationToken);
        var requeued = 0;
        foreach (var execution in executions)
        {
            requeued += (await store.ListEventsAsync(execution.Id, cancellationToken)).Count(e => e.Type == EventTypes.ExecutionRequeued);
        }

        Line("");
        Row("submissions", load.Submissions);
        Row("sent again", load.Repeated.Count, string.Join(", ", load.Repeated.CountBy(reason => reason).Select(reason => $"{reason.Key} {reason.Value}")));
        Row("accepted", load.Accepted.Count, $"{executions.Count} in the store");
        foreach (var outcome in executions.CountBy(execution => execution.State.Status).OrderBy(outcome => outcome.Key))
        {
            Row(outcome.Key.ToString().ToLowerInvariant(), outcome.Value);
        }

        Row("lost attempts", executions.Sum(execution => execution.State.LostAttempts), "runs that ended with their worker");
        Row("of these given up", executions.Count(execution => execution.State.Result?.ErrorType is ErrorType.WorkerLost), "failed as worker_lost");
        Row("requeued", requeued, "runs given back by a worker that was asked to stop");
        Row("dead letters", (await store.ListDeadLettersAsync(cancellationToken)).Count);
    }

    public void WriteRecovery(TimeSpan settling, int excusedSpans)
    {
        Row("lost spans", excusedSpans, "of killed processes, that others refer to");
        Line(string.Create(CultureInfo.InvariantCulture, $"  {"settled after",-24} {settling.TotalSeconds,8:0.0} s"));
    }

    public void WriteChecks(IReadOnlyList<CheckResult> results)
    {
        Line("");
        foreach (var result in results)
        {
            Line($"  {result.Name,-64} {(result.Passed ? "pass" : $"FAIL {result.Breaches.Count}")}");
            foreach (var breach in result.Breaches.Take(MaxShown))
            {
                Line($"    {breach}");
            }
        }
    }

    private void Row(string name, int count, string note = "") => Line($"  {name,-24} {count,8}   {note}".TrimEnd());

    private void Line(string line) => output.WriteLine(line);
}
