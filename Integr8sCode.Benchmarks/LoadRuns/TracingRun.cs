using Integr8sCode.Local;

namespace Integr8sCode.LoadRuns;

/// <summary>
/// What tracing every request costs: the same platform with and without OpenTelemetry's SDK. The spans go to a collector that only takes them,
/// because what a trace store does with them is not the platform's work; that the traces are whole is asked in <see cref="AcceptRun"/>.
/// </summary>
internal static class TracingRun
{
    private const double MostCost = 0.10;

    public static Task RunAsync(LoadReport report, CancellationToken cancellationToken) => CompareAsync(
        "tracing", "traced at 100 %", options => options,
        ratio => Target.AtMost("tracing: share of the accept rate it costs", 1 - ratio, MostCost), report, cancellationToken);

    /// <summary>Compares the accept rate of a platform that traces as it is configured with that of one without OpenTelemetry's SDK.</summary>
    public static async Task CompareAsync(
        string part, string traced, Func<PlatformOptions, PlatformOptions> configure, Func<double, Target> target, LoadReport report,
        CancellationToken cancellationToken)
    {
        report.Progress.Show(part, 0, "starting");
        await using var collector = await EchoProcess.StartAsync(cancellationToken);
        await using var untraced = await PlatformUnderLoad.StartAsync(
            options => (options with { Without = PlatformUnderLoad.Consumers }).With("OTEL_SDK_DISABLED", "true"), cancellationToken);
        await using var platform = await PlatformUnderLoad.StartAsync(
            options => configure(options with { Without = PlatformUnderLoad.Consumers })
                .With("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.ToString().TrimEnd('/')),
            cancellationToken);
        await untraced.StopAsync(PlatformUnderLoad.Worker);
        await platform.StopAsync(PlatformUnderLoad.Worker);
        using var without = untraced.Callers();
        using var with = platform.Callers();

        var rounds = new PairedRounds(part, without, with, [.. untraced.Running, .. platform.Running], report.Progress);
        await rounds.WarmUpAsync(cancellationToken);
        var (useWithout, useWith) = (new ProcessorUse(untraced.Running), new ProcessorUse(platform.Running));
        await rounds.RunAsync(cancellationToken);

        report.AddPart($"{part}: POST /api/v1/execute, {ClosedLoop.Callers} callers, workers stopped");
        report.Add("OTEL_SDK_DISABLED=true", rounds.First);
        report.Add(traced, rounds.Second);
        useWithout.AddTo(report, "processor time of an untraced accept", rounds.First.Durations.Count);
        useWith.AddTo(report, "processor time of a traced accept", rounds.Second.Durations.Count);
        report.Add(target(rounds.Ratio));
        report.Add(Target.AtMost($"{part}: errors", rounds.First.Errors + rounds.Second.Errors, 0));
    }
}
