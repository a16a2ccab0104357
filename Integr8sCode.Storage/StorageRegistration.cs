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

namespace Integr8sCode;

public static class StorageRegistration
{
    /// <summary>
    /// Registers every store contract and the health check <c>store</c>. <c>ConnectionStrings:integr8scode</c> decides where they keep
    /// their data: <c>mongodb://...</c>, or a SQLite file as <c>Data Source=/path/integr8scode.db</c>.
    /// </summary>
    /// <exception cref="InvalidStorageException">The setting is missing or names no store.</exception>
    public static IHostApplicationBuilder AddStorage(this IHostApplicationBuilder builder)
    {
        var connection = StorageConnection.Parse(builder.Configuration.GetConnectionString(StorageConnection.Name));
        builder.Services.AddSingleton(_ => SqliteDatabase.Open(connection));
        builder.Services.AddHostedService<SqliteStartup>();
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
