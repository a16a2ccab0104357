using Integr8sCode.DeadLetters;
using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Leases;
using Integr8sCode.Sagas;
using Integr8sCode.Sqlite;
using Integr8sCode.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Integr8sCode;

public static class StorageRegistration
{
    /// <summary>
    /// Registers every store contract and the health check <c>store</c>. <c>ConnectionStrings:integr8scode</c> decides where they keep
    /// their data: <c>mongodb://...</c>, or a SQLite file as <c>Data Source=/path/integr8scode.db</c>.
    /// </summary>
    /// <remarks>A missing or wrong setting, or a file that cannot be opened, stops the process at start.</remarks>
    public static TBuilder AddStorage<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddOptions<StorageOptions>()
            .Configure(options => options.ConnectionString = builder.Configuration.GetConnectionString(StorageOptions.ConnectionName))
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<StorageOptions>, StorageValidation>();
        builder.Services.AddSingleton(services => SqliteDatabase.Open(services.GetRequiredService<IOptions<StorageOptions>>().Value));
        builder.Services.AddHealthChecks().AddCheck<SqliteHealthCheck>("store");
        builder.Services.AddSqliteStores();
        return builder;
    }

    private static void AddSqliteStores(this IServiceCollection services) => services
        .AddSingleton<IExecutionStore, SqliteExecutionStore>()
        .AddSingleton<IWorkerStore, SqliteWorkerStore>()
        .AddSingleton<IEventStore, SqliteEventStore>()
        .AddSingleton<IInbox, SqliteInbox>()
        .AddSingleton<ISagaStore, SqliteSagaStore>()
        .AddSingleton<IDeadLetterStore, SqliteDeadLetterStore>()
        .AddSingleton<IApiKeyStore, SqliteApiKeyStore>()
        .AddSingleton<ILeaseStore, SqliteLeaseStore>();
}
