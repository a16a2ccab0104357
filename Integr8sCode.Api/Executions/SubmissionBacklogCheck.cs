using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integr8sCode.Executions;

/// <summary>Degraded, not unhealthy, while executions are refused: all else is still answered, and a restart would not help.</summary>
internal sealed class SubmissionBacklogCheck(SubmissionBacklog backlog) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var description = string.Create(CultureInfo.InvariantCulture, $"{backlog.Count} events wait for Kafka");

        return Task.FromResult(backlog.IsFull
            ? HealthCheckResult.Degraded($"{description}, more than {backlog.Cap}: no executions are accepted.")
            : HealthCheckResult.Healthy($"{description}."));
    }
}
