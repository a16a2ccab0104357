using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integr8sCode.Sqlite;

/// <summary>Healthy while a tiny write gets through: the lock is free, the file can be written and its disk has room.</summary>
internal sealed class SqliteHealthCheck(SqliteDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            await database.PingAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException error)
        {
            return new(context.Registration.FailureStatus, error.Message);
        }
    }
}
