using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integr8sCode.Settings;

/// <summary>Tells on /health which version of the settings this process goes by. It is never unhealthy.</summary>
internal sealed class SettingsCheck(CurrentSettings settings) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy($"version {settings.Value.Version}"));
}
