namespace Integr8sCode.LoadRuns;

/// <summary>What tracing every request costs: the same platform with and without OpenTelemetry's SDK.</summary>
internal static class TracingRun
{
    private const double MostCost = 0.10;
    private const double LeastTraced = 0.99;

    public static async Task RunAsync(LoadReport report, CancellationToken cancellationToken)
    {
        report.Progress.Show("tracing", 0, "starting");
        await using var untraced = await PlatformUnderLoad.StartAsync(
            options => (options with { Without = PlatformUnderLoad.Consumers }).With("OTEL_SDK_DISABLED", "true"), cancellationToken);
        await using var traced = await PlatformUnderLoad.StartAsync(
            options => options with { Without = PlatformUnderLoad.Consumers }, cancellationToken);
        await untraced.StopAsync(PlatformUnderLoad.Worker);
        await traced.StopAsync(PlatformUnderLoad.Worker);
        using var without = untraced.Callers();
        using var with = traced.Callers();

        var rounds = new PairedRounds("tracing", without, with, [.. untraced.Running, .. traced.Running], report.Progress);
        await rounds.WarmUpAsync(cancellationToken);
        var (useWithout, useWith) = (new ProcessorUse(untraced.Running), new ProcessorUse(traced.Running));
        await rounds.RunAsync(cancellationToken);

        report.AddPart($"tracing: POST /api/v1/execute, {ClosedLoop.Callers} callers, workers stopped");
        report.Add("OTEL_SDK_DISABLED=true", rounds.First);
        report.Add("traced at 100 %", rounds.Second);
        useWithout.AddTo(report, "processor time of an untraced accept", rounds.First.Durations.Count);
        useWith.AddTo(report, "processor time of a traced accept", rounds.Second.Durations.Count);
        report.Add(Target.AtMost("tracing: share of the accept rate it costs", 1 - rounds.Ratio, MostCost));
        report.Add(Target.AtLeast("tracing: share of traces that are whole", await traced.MeasureTracedAsync(with, cancellationToken), LeastTraced));
        report.Add(Target.AtMost("tracing: errors", rounds.First.Errors + rounds.Second.Errors, 0));
    }
}
