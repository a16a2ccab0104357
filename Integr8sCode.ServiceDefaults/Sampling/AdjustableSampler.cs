using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>Keeps the share that was chosen while the process runs; until then, and after, does as it was configured.</summary>
internal sealed class AdjustableSampler(SamplingRatio ratio, Sampler configured) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        ratio.Chosen is { } chosen ? chosen.Decide(samplingParameters) : configured.ShouldSample(samplingParameters);
}
