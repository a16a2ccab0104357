using System.Diagnostics;
using System.Diagnostics.Metrics;
using Integr8sCode.Infrastructure;
using Integr8sCode.Sampling;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace Integr8sCode.ServiceDefaults;

/// <summary>The adaptive sampler of one process, with arrivals and a clock that a test controls.</summary>
internal sealed class SimulatedSampling : IDisposable
{
    private readonly Random _random = new(7);
    private readonly ManualClock _clock = new();
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SampledOperations _operations;
    private readonly AdaptiveSampler _sampler;
    private readonly AdaptiveSamplingService _service;

    public SimulatedSampling(string argument)
    {
        Assert.True(AdaptiveTarget.TryParse(argument, out var target));
        _operations = new(target);
        _sampler = new(_operations);
        _service = new(_operations, new DefaultEndpointDataSource(), _metrics.GetRequiredService<IMeterFactory>(), _clock);
        Assert.True(_service.StartingAsync(TestContext.Current.CancellationToken).IsCompletedSuccessfully);
    }

    public SampledOperation Operation(string name) => _operations.Of(Root(name));

    /// <summary>Lets so many roots arrive in each second, and each second pass.</summary>
    public (int Kept, double AdjustedCount) Run(string name, int perSecond, int seconds, double failing = 0)
    {
        var seen = (Kept: 0, AdjustedCount: 0.0);
        for (var second = 0; second < seconds; second++)
        {
            var (kept, count) = Send(name, perSecond, failing);
            seen = (seen.Kept + kept, seen.AdjustedCount + count);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        return seen;
    }

    /// <summary>Lets so many roots arrive at once.</summary>
    public (int Kept, double AdjustedCount) Send(string name, int roots, double failing = 0)
    {
        var (kept, count) = (0, 0.0);
        for (var i = 0; i < roots; i++)
        {
            var result = _sampler.ShouldSample(Root(name));
            if (result.Decision is not SamplingDecision.RecordAndSample) continue;
            kept++;
            count += SampledRoots.AdjustedCount(result);
            Operation(name).End(_random.NextDouble() < failing);
        }
        return (kept, count);
    }

    public void Dispose()
    {
        _service.Dispose();
        _metrics.Dispose();
    }

    private SamplingParameters Root(string name) => new(default, SampledRoots.TraceId(_random), name, ActivityKind.Internal);
}
