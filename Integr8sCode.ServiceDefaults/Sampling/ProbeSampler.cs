using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>Leaves health probes out of the traces together with whatever their checks do; asks <paramref name="inner"/> about the rest.</summary>
internal sealed class ProbeSampler(Sampler inner) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        IsProbe(samplingParameters) || HasDroppedLocalParent(samplingParameters.ParentContext)
            ? new SamplingResult(SamplingDecision.Drop)
            : inner.ShouldSample(samplingParameters);

    private static bool IsProbe(in SamplingParameters parameters) =>
        parameters.Kind == ActivityKind.Server && StartTags.Find(parameters.Tags, "url.path") is "/health" or "/alive";

    // A sampler that ignores parents (always_on) would turn each child of a dropped probe into an orphan. What is recorded without being
    // sampled has the same flags, but all its data.
    private static bool HasDroppedLocalParent(ActivityContext parent) =>
        parent != default && !parent.IsRemote && !parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
        && Activity.Current is { IsAllDataRequested: false };
}
