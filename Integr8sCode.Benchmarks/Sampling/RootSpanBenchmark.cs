using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Routing.Patterns;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

/// <summary>The decision where it is paid for: the start of a request's span through the SDK, of which nearly none is sampled.</summary>
[MemoryDiagnoser]
public class RootSpanBenchmark
{
    private static readonly ActivitySource Source = new("root-span-benchmark");

    private readonly IEnumerable<KeyValuePair<string, object?>> _tags = new TagList
    {
        { "server.address", "localhost" }, { "server.port", 8080 }, { "http.request.method", "POST" }, { "url.scheme", "http" },
        { "url.path", "/api/v1/execute" },
    };

    private TracerProvider? _provider;

    [GlobalSetup(Target = nameof(TraceIdRatioBased))]
    public void UseTheirs() => Use(new ParentBasedSampler(new TraceIdRatioBasedSampler(0.0001)));

    [GlobalSetup(Target = nameof(Adaptive))]
    public void UseAdaptive()
    {
        var operations = new SampledOperations(new AdaptiveTarget(1, 0.0001, 0.0001));
        operations.Learn([new HttpRoute("POST", "POST /api/v1/execute", RoutePatternFactory.Parse("/api/v1/execute"))]);
        Use(new ChosenSampler(new PublicEdgeSampler(new ParentSampler(new AdaptiveSampler(operations))), operations).Build(kept: null));
    }

    [GlobalCleanup]
    public void Stop() => _provider!.Dispose();

    [Benchmark(Baseline = true)]
    public void TraceIdRatioBased() => StartAndStop();

    [Benchmark]
    public void Adaptive() => StartAndStop();

    private void Use(Sampler sampler) => _provider = Sdk.CreateTracerProviderBuilder().AddSource(Source.Name).SetSampler(sampler).Build();

    private void StartAndStop() => Source.StartActivity("Microsoft.AspNetCore.Hosting.HttpRequestIn", ActivityKind.Server, default(ActivityContext), _tags)?.Dispose();
}
