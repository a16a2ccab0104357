namespace Integr8sCode.LoadRuns;

/// <summary>What it costs to sample adaptively and to keep the rest in the ring, against the platform without OpenTelemetry's SDK.</summary>
internal static class AdaptiveRun
{
    private const double LeastShare = 0.93;

    public static Task RunAsync(LoadReport report, CancellationToken cancellationToken) => TracingRun.CompareAsync(
        "adaptive", "adaptive sampling and the ring", options => options.With("OTEL_TRACES_SAMPLER", "adaptive"),
        ratio => Target.AtLeast("adaptive: share of the untraced accept rate", ratio, LeastShare), report, cancellationToken);
}
