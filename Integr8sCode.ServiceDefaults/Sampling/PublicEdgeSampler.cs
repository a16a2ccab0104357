using System.Diagnostics;
using System.Security.Cryptography;
using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>
/// Treats the request of an HTTP caller as a root: its trace id is continued, but neither its sampled flag, nor its tracestate, nor a
/// chosen trace id decides whether it is kept. Messages between our processes keep the decision that was made here.
/// </summary>
internal sealed class PublicEdgeSampler(Sampler inner) : Sampler
{
    private readonly ulong _secret = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var caller = samplingParameters.ParentContext;
        if (samplingParameters.Kind != ActivityKind.Server || !caller.IsRemote) return inner.ShouldSample(samplingParameters);
        var root = new SamplingParameters(
            new(default, default, ActivityTraceFlags.None, WithOwnRandomness(samplingParameters.TraceId, caller.TraceState)),
            samplingParameters.TraceId, samplingParameters.Name, samplingParameters.Kind, samplingParameters.Tags, samplingParameters.Links);
        var result = inner.ShouldSample(root);
        return result.TraceStateString is null && SamplingState.HasMember(caller.TraceState)
            ? new(result.Decision, SamplingState.Without(caller.TraceState))
            : result;
    }

    // The requests of one trace share a fate, and whoever does not know the secret cannot choose it.
    private string WithOwnRandomness(ActivityTraceId traceId, string? traceState) =>
        SamplingState.With(SamplingState.Without(traceState), SamplingState.Randomness, TraceRandomness.Format(TraceHash.Of(traceId, _secret)));
}
