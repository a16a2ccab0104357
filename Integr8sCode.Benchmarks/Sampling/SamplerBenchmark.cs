using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Routing.Patterns;
using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>
/// The decision about the root span of a request, against OpenTelemetry's sampler for the same ratio. A span costs about a microsecond
/// beside it; the adaptive sampler also finds the route of the request and counts it, on each thread for itself.
/// </summary>
[MemoryDiagnoser]
public class SamplerBenchmark
{
    private const double Ratio = 0.1;
    private const int Paths = 64;

    private readonly TraceIdRatioBasedSampler _theirs = new(Ratio);
    private readonly ParentBasedSampler _theirsBehindParents = new(new TraceIdRatioBasedSampler(Ratio));
    private readonly ConsistentProbabilitySampler _consistent = new(Ratio);
    private readonly ProbeSampler _asConfigured =
        new(new ServerTraceStateSampler(new PublicEdgeSampler(new ParentSampler(new ConsistentProbabilitySampler(Ratio)))));
    private readonly AdaptiveSampler _adaptive = new(Operations());
    // Each request brings a path of its own, if only another copy of the same text.
    private readonly SamplingParameters[] _roots = [.. Enumerable.Range(0, Paths).Select(_ => Root(default, new string("/api/v1/execute")))];
    private readonly SamplingParameters[] _rootsWithIds = [.. Enumerable.Range(0, Paths).Select(_ => Root(default, $"/api/v1/executions/{Guid.CreateVersion7()}"))];
    private uint _next;
    private readonly SamplingParameters _called = Root(new(
        ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, traceState: null, isRemote: true), "/api/v1/execute");

    [Benchmark(Baseline = true)]
    public SamplingDecision TraceIdRatioBased() => _theirs.ShouldSample(_roots[_next++ % Paths]).Decision;

    [Benchmark]
    public SamplingDecision ParentBasedTraceIdRatioBased() => _theirsBehindParents.ShouldSample(_roots[_next++ % Paths]).Decision;

    [Benchmark]
    public SamplingDecision Consistent() => _consistent.ShouldSample(_roots[_next++ % Paths]).Decision;

    [Benchmark]
    public SamplingDecision ConsistentParentBasedAtTheEdgeWithoutProbes() => _asConfigured.ShouldSample(_roots[_next++ % Paths]).Decision;

    [Benchmark]
    public SamplingDecision TheSameForACallersTrace() => _asConfigured.ShouldSample(_called).Decision;

    [Benchmark]
    public SamplingDecision Adaptive() => _adaptive.ShouldSample(_roots[_next++ % Paths]).Decision;

    [Benchmark]
    public SamplingDecision AdaptiveForPathsWithAnId() => _adaptive.ShouldSample(_rootsWithIds[_next++ % Paths]).Decision;

    // As ASP.NET Core starts the span of a request.
    private static SamplingParameters Root(ActivityContext parent, string path) => new(
        parent, ActivityTraceId.CreateRandom(), "Microsoft.AspNetCore.Hosting.HttpRequestIn", ActivityKind.Server,
        new TagList
        {
            { "server.address", "localhost" }, { "server.port", 8080 }, { "http.request.method", "POST" }, { "url.scheme", "http" },
            { "url.path", path },
        });

    private static SampledOperations Operations()
    {
        var operations = new SampledOperations(AdaptiveTarget.Default);
        operations.Learn(new[] { "/execute", "/api/v1/execute", "/api/v1/executions", "/api/v1/executions/{id}" }
            .Select(route => new HttpRoute("POST", $"POST {route}", RoutePatternFactory.Parse(route))));
        return operations;
    }
}
