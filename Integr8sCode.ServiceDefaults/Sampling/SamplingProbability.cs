using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>A threshold with its texts written once, so that a decision allocates nothing while no caller sent a tracestate.</summary>
internal sealed class SamplingProbability(SamplingThreshold threshold)
{
    private readonly string _text = threshold.ToString();
    private readonly SamplingResult _keep = new(
        SamplingDecision.RecordAndSample, SamplingState.With(null, SamplingState.Threshold, threshold.ToString()));

    public SamplingThreshold Threshold => threshold;

    public static SamplingProbability Of(double probability) => new(SamplingThreshold.Of(probability));

    /// <summary>Decides alone, whatever was decided before; what is kept tells with which probability.</summary>
    public SamplingResult Decide(in SamplingParameters parameters)
    {
        var traceState = parameters.ParentContext.TraceState;
        var keeps = threshold.Keeps(TraceRandomness.Of(parameters.TraceId, traceState));
        if (string.IsNullOrEmpty(traceState)) return keeps ? _keep : new(SamplingDecision.Drop);
        return keeps
            ? new(SamplingDecision.RecordAndSample, SamplingState.With(traceState, SamplingState.Threshold, _text))
            : new(SamplingDecision.Drop, SamplingState.With(traceState, SamplingState.Threshold, null));
    }
}
