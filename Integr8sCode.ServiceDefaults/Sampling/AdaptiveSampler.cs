using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>Samples roots so that each operation, busy or rare, keeps about the same number of traces a second.</summary>
internal sealed class AdaptiveSampler(SampledOperations operations) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        operations.Decide(samplingParameters);
}
