using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integr8sCode.Sandboxing;

/// <summary>Healthy when scripts can run; degraded while a slot has lost its sandbox.</summary>
internal sealed class SandboxHealthCheck(SandboxPool pool) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(pool switch
    {
        { Ready.IsCompletedSuccessfully: true, Fault: null } => HealthCheckResult.Healthy(),
        { Ready.IsCompletedSuccessfully: true } => HealthCheckResult.Degraded(pool.Fault),
        { Ready.IsCompleted: true } => HealthCheckResult.Unhealthy(pool.Fault ?? "The sandbox has stopped."),
        _ => HealthCheckResult.Unhealthy("The sandbox is being prepared."),
    });
}
