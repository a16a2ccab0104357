using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integr8sCode.Mongo;

/// <summary>Healthy while the server answers and the indexes stand.</summary>
internal sealed class MongoHealthCheck(MongoCollections collections) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            await collections.PingAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException error)
        {
            return new(context.Registration.FailureStatus, error.Message, error);
        }
    }
}
