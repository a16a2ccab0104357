using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>
/// ASP.NET Core puts the caller's tracestate back on the server span after the sampler has spoken. This carries the sampler's past it,
/// as a tag that <see cref="ServerTraceStateProcessor"/> takes off again when the span starts.
/// </summary>
internal sealed class ServerTraceStateSampler(Sampler inner) : Sampler
{
    public const string Tag = "integr8scode.sampling.tracestate";

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var result = inner.ShouldSample(samplingParameters);
        return IsOverwritten(samplingParameters) && result is { Decision: not SamplingDecision.Drop, TraceStateString: { } traceState }
            ? new(result.Decision, [.. result.Attributes, new(Tag, traceState)], traceState)
            : result;
    }

    private static bool IsOverwritten(in SamplingParameters parameters) =>
        parameters.Kind == ActivityKind.Server && !string.IsNullOrEmpty(parameters.ParentContext.TraceState);
}
