using Integr8sCode.DeadLetters;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Leases;
using Integr8sCode.Notifications;
using Integr8sCode.RateLimits;
using Integr8sCode.Replays;
using Integr8sCode.Sagas;
using Integr8sCode.Settings;
using Integr8sCode.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Sqlite;

internal static class SqliteRegistration
{
    public static void AddSqliteStores(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<StorageOptions>, SqliteValidation>();
        builder.Services.AddSingleton(services => SqliteDatabase.Open(services.GetRequiredService<IOptions<StorageOptions>>().Value));
        builder.Services.AddSingleton<SqliteCounters>();
        builder.Services.AddHealthChecks().AddCheck<SqliteHealthCheck>("store");
        builder.Services
            .AddSingleton<IExecutionStore, SqliteExecutionStore>()
            .AddSingleton<IOutputStore, SqliteOutputStore>()
            .AddSingleton<IWorkerStore, SqliteWorkerStore>()
            .AddSingleton<IEventStore, SqliteEventStore>()
            .AddSingleton<IInbox, SqliteInbox>()
            .AddSingleton<ISagaStore, SqliteSagaStore>()
            .AddSingleton<IDeadLetterStore, SqliteDeadLetterStore>()
            .AddSingleton<IRetryPolicyStore, SqliteRetryPolicyStore>()
            .AddSingleton<IReplayStore, SqliteReplayStore>()
            .AddSingleton<IUserStore, SqliteUserStore>()
            .AddSingleton<INotificationStore, SqliteNotificationStore>()
            .AddSingleton<ISubscriptionStore, SqliteSubscriptionStore>()
            .AddSingleton<IApiKeyStore, SqliteApiKeyStore>()
            .AddSingleton<IRateLimitStore, SqliteRateLimitStore>()
            .AddSingleton<ISettingsStore, SqliteSettingsStore>()
            .AddSingleton<ILeaseStore, SqliteLeaseStore>();
    }
}
