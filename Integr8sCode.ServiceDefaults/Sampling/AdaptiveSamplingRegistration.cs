using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Trace;

namespace Integr8sCode.Sampling;

internal static class AdaptiveSamplingRegistration
{
    /// <summary>Adds what the adaptive sampler needs beside itself: its clock, how spans ended, and where its probabilities are seen.</summary>
    public static void AddAdaptiveSampling(this IServiceCollection services, SampledOperations operations)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(operations);
        services.AddHostedService<AdaptiveSamplingService>();
        services.AddHealthChecks().AddCheck<AdaptiveSamplingCheck>("sampling");
        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(new OperationOutcomes(operations)));
    }
}
