using Integr8sCode.TraceKeeping;
using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>What OTEL_TRACES_SAMPLER asks for; only the adaptive sampler has operations to look after.</summary>
internal sealed record ChosenSampler(Sampler Sampler, SampledOperations? Operations = null)
{
    /// <summary>
    /// Whether failures can be among what is left out. Who asks for nothing gets nothing; who asks for everything loses nothing; who
    /// follows its parent may be behind a process that left something out.
    /// </summary>
    public bool MayLoseFailures { get; init; } = true;

    /// <summary>What changes it while the process runs.</summary>
    public SamplingRatio Ratio { get; init; } = new();

    /// <summary>The sampler for the SDK; with <paramref name="kept"/>, what is left out is recorded all the same.</summary>
    public Sampler Build(KeptTraces? kept) =>
        new ProbeSampler(new ServerTraceStateSampler(kept is null ? Sampler : new KeepSampler(Sampler, kept)));
}
