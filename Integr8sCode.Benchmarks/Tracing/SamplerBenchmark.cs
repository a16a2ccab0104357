using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Integr8sCode.Sampling;
using OpenTelemetry.Trace;

namespace Integr8sCode.Tracing;

/// <summary>Our sampler for the root span of a request, which also leaves out health probes, against OpenTelemetry's for the same ratio.</summary>
public class SamplerBenchmark
{
    private const double Ratio = 0.1;

    private readonly TraceIdRatioBasedSampler _theirs = new(Ratio);
    private readonly ProbeSampler _ours = new(new PublicEdgeSampler(new ParentSampler(new ConsistentProbabilitySampler(Ratio))));
    private readonly SamplingParameters _root = new(
        default, ActivityTraceId.CreateRandom(), "Microsoft.AspNetCore.Hosting.HttpRequestIn", ActivityKind.Server,
        [
            new("http.request.method", "POST"), new("url.scheme", "http"), new("server.address", "localhost"),
            new("url.path", "/api/v1/execute"),
        ]);

    [Benchmark(Baseline = true)]
    public SamplingDecision TraceIdRatioBased() => _theirs.ShouldSample(_root).Decision;

    [Benchmark]
    public SamplingDecision ParentBasedWithoutProbes() => _ours.ShouldSample(_root).Decision;
}
