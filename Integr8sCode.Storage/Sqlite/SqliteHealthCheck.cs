using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Integr8sCode.Sqlite;

/// <summary>Healthy while an empty transaction gets through: the lock is free and the file can be written.</summary>
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
            return new(context.Registration.FailureStatus, error.Message, error);
        }
    }
}
