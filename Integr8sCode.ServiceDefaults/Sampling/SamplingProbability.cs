using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>A threshold with its texts written once, so that a decision allocates nothing while no caller sent a tracestate.</summary>
internal sealed class SamplingProbability(SamplingThreshold threshold)
{
    private static readonly SamplingResult Drop = new(SamplingDecision.Drop);

    private readonly SamplingThreshold _threshold = threshold;
    private readonly string _lowest = threshold.LowestKept;
    private readonly ulong _leading = TraceRandomness.Leading(threshold.LowestKept);
    private readonly string _text = threshold.ToString();
    private readonly SamplingResult _keep = new(
        SamplingDecision.RecordAndSample, SamplingState.With(null, SamplingState.Threshold, threshold.ToString()));

    public SamplingThreshold Threshold => _threshold;

    public static SamplingProbability Of(double probability) => new(SamplingThreshold.Of(probability));

    /// <summary>Decides alone, whatever was decided before; what is kept tells with which probability.</summary>
    public SamplingResult Decide(in SamplingParameters parameters) => ResultOf(Keeps(parameters), parameters);

    public bool Keeps(in SamplingParameters parameters)
    {
        var traceState = parameters.ParentContext.TraceState;
        return string.IsNullOrEmpty(traceState)
            ? TraceRandomness.IsAtLeast(parameters.TraceId, _lowest, _leading)
            : _threshold.Keeps(TraceRandomness.Of(parameters.TraceId, traceState));
    }

    /// <summary>How a sampler says it.</summary>
    public SamplingResult ResultOf(bool keeps, in SamplingParameters parameters)
    {
        var traceState = parameters.ParentContext.TraceState;
        if (string.IsNullOrEmpty(traceState)) return keeps ? _keep : Drop;
        return keeps
            ? new(SamplingDecision.RecordAndSample, SamplingState.With(traceState, SamplingState.Threshold, _text))
            : new(SamplingDecision.Drop, SamplingState.With(traceState, SamplingState.Threshold, null));
    }
}
