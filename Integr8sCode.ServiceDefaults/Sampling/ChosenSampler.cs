using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>What OTEL_TRACES_SAMPLER asks for; only the adaptive sampler has operations to look after.</summary>
internal sealed record ChosenSampler(Sampler Sampler, SampledOperations? Operations = null);
