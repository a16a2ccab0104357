using Integr8sCode.Sampling;
using OpenTelemetry.Trace;

namespace Integr8sCode.TraceKeeping;

/// <summary>Has spans recorded that <paramref name="inner"/> leaves out, for <see cref="SpanRing"/>, and samples those of traces that are kept by now.</summary>
internal sealed class KeepSampler(Sampler inner, KeptTraces kept) : Sampler
{
    private static readonly SamplingResult Record = new(SamplingDecision.RecordOnly);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var result = inner.ShouldSample(samplingParameters);
        if (result.Decision != SamplingDecision.Drop) return result;
        if (kept.ReasonOf(samplingParameters.TraceId) is null)
        {
            return result.TraceStateString is null ? Record : new(SamplingDecision.RecordOnly, result.TraceStateString);
        }
        var traceState = result.TraceStateString ?? samplingParameters.ParentContext.TraceState;
        return new(SamplingDecision.RecordAndSample, SamplingState.With(traceState, SamplingState.Threshold, null));
    }
}
