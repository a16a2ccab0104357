using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>Does as the parent did, and asks <paramref name="root"/> where there is none.</summary>
internal sealed class ParentSampler(Sampler root) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var parent = samplingParameters.ParentContext;
        if (parent.TraceId == default) return root.ShouldSample(samplingParameters);
        var kept = parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
        var decision = kept ? SamplingDecision.RecordAndSample : SamplingDecision.Drop;
        return parent.IsRemote && Contradicts(samplingParameters, kept)
            ? new(decision, SamplingState.With(parent.TraceState, SamplingState.Threshold, null))
            : new(decision);
    }

    // A threshold that cannot have led to the flag would make a backend count wrongly; without one it counts the trace as unknown.
    private static bool Contradicts(in SamplingParameters parameters, bool kept)
    {
        var traceState = parameters.ParentContext.TraceState;
        var text = SamplingState.Find(traceState, SamplingState.Threshold);
        if (text.IsEmpty) return false;
        return !SamplingThreshold.TryParse(text, out var threshold)
            || threshold.Keeps(TraceRandomness.Of(parameters.TraceId, traceState)) != kept;
    }
}
