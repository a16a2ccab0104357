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
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal static class MongoRegistration
{
    public static void AddMongoStores(this IHostApplicationBuilder builder, string connection)
    {
        if (MongoConnection.IsValid(connection))
        {
            builder.AddMongoClient(); // Aspire reads the connection string at once and would put it into its error
        }

        builder.Services.AddSingleton<IValidateOptions<StorageOptions>, MongoValidation>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(OpenCollections);
        builder.Services.AddSingleton<MongoProjection>();
        builder.Services.AddHostedService<MongoStart>();
        builder.Services.AddHealthChecks().AddCheck<MongoHealthCheck>("store");
        builder.Services
            .AddSingleton<IExecutionStore, MongoExecutionStore>()
            .AddSingleton<IOutputStore, MongoOutputStore>()
            .AddSingleton<IWorkerStore, MongoWorkerStore>()
            .AddSingleton<IEventStore, MongoEventStore>()
            .AddSingleton<IInbox, MongoInbox>()
            .AddSingleton<ISagaStore, MongoSagaStore>()
            .AddSingleton<IDeadLetterStore, MongoDeadLetterStore>()
            .AddSingleton<IRetryPolicyStore, MongoRetryPolicyStore>()
            .AddSingleton<IReplayStore, MongoReplayStore>()
            .AddSingleton<IUserStore, MongoUserStore>()
            .AddSingleton<INotificationStore, MongoNotificationStore>()
            .AddSingleton<ISubscriptionStore, MongoSubscriptionStore>()
            .AddSingleton<IApiKeyStore, MongoApiKeyStore>()
            .AddSingleton<IRateLimitStore, MongoRateLimitStore>()
            .AddSingleton<ISettingsStore, MongoSettingsStore>()
            .AddSingleton<ILeaseStore, MongoLeaseStore>();
    }

    private static MongoCollections OpenCollections(IServiceProvider services)
    {
        var connection = services.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString!;
        return new(services.GetRequiredService<IMongoClient>().GetDatabase(MongoConnection.DatabaseOf(connection)));
    }
}
