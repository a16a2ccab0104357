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

    private readonly TraceIdRatioBasedSampler _theirs = new(Ratio);
    private readonly ParentBasedSampler _theirsBehindParents = new(new TraceIdRatioBasedSampler(Ratio));
    private readonly ConsistentProbabilitySampler _consistent = new(Ratio);
    private readonly ProbeSampler _asConfigured =
        new(new ServerTraceStateSampler(new PublicEdgeSampler(new ParentSampler(new ConsistentProbabilitySampler(Ratio)))));
    private readonly AdaptiveSampler _adaptive = new(Operations());
    private readonly SamplingParameters _root = Root(default);
    private readonly SamplingParameters _rootOfParameter = Root(default, "/api/v1/executions/01a2027e-404c-79cb-b549-3bf3ca0c17fc");
    private uint _next;
    private readonly SamplingParameters[] _rootsOfParameters =
        [.. Enumerable.Range(0, 16_384).Select(_ => Root(default, $"/api/v1/executions/{Guid.CreateVersion7()}"))];
    private readonly SamplingParameters _called = Root(new(
        ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, traceState: null, isRemote: true));

    [Benchmark(Baseline = true)]
    public SamplingDecision TraceIdRatioBased() => _theirs.ShouldSample(_root).Decision;

    [Benchmark]
    public SamplingDecision ParentBasedTraceIdRatioBased() => _theirsBehindParents.ShouldSample(_root).Decision;

    [Benchmark]
    public SamplingDecision Consistent() => _consistent.ShouldSample(_root).Decision;

    [Benchmark]
    public SamplingDecision ConsistentParentBasedAtTheEdgeWithoutProbes() => _asConfigured.ShouldSample(_root).Decision;

    [Benchmark]
    public SamplingDecision TheSameForACallersTrace() => _asConfigured.ShouldSample(_called).Decision;

    [Benchmark]
    public SamplingDecision Adaptive() => _adaptive.ShouldSample(_root).Decision;

    [Benchmark]
    public SamplingDecision AdaptiveForAPathWithAParameter() => _adaptive.ShouldSample(_rootOfParameter).Decision;

    /// <summary>Far more paths than a thread remembers, each of which comes once in a long while.</summary>
    [Benchmark]
    public SamplingDecision AdaptiveForAPathThatIsNew() => _adaptive.ShouldSample(_rootsOfParameters[_next++ % _rootsOfParameters.Length]).Decision;

    // As ASP.NET Core starts the span of a request.
    private static SamplingParameters Root(ActivityContext parent, string path = "/api/v1/execute") => new(
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
