using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integr8sCode.Sampling;

/// <summary>Tells on /health what share of the busiest operations is kept. It is never unhealthy.</summary>
internal sealed class AdaptiveSamplingCheck(SampledOperations operations) : IHealthCheck
{
    private const int Shown = 20;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(string.Join("; ",
            operations.All.OrderByDescending(operation => operation.ArrivalsPerSecond).Take(Shown).Select(Describe))));

    private static string Describe(SampledOperation operation) => string.Create(CultureInfo.InvariantCulture,
        $"{operation.Name}: {operation.Probability:0.######} of {operation.ArrivalsPerSecond:0.##}/s{(operation.Fails ? ", raised for errors" : "")}");
}
