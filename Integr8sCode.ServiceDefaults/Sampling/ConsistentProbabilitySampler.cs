using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>
/// Keeps a share of all traces by the specification's threshold algorithm. Unlike the SDK's TraceIdRatioBasedSampler it agrees with
/// samplers of other languages and of the Collector (10 % of their 10 % is 10 %, not 1 %), and a backend can count what was left out.
/// </summary>
internal sealed class ConsistentProbabilitySampler(double probability) : Sampler
{
    private readonly SamplingProbability _probability = SamplingProbability.Of(probability);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => _probability.Decide(samplingParameters);
}
