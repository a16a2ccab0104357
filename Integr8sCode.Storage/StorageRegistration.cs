using Integr8sCode.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
#if USE_MONGO
using Integr8sCode.Mongo;
#endif

namespace Integr8sCode;

public static class StorageRegistration
{
    /// <summary>
    /// Registers every store contract and the health check <c>store</c>. <c>ConnectionStrings:integr8scode</c> decides where they keep
    /// their data: <c>mongodb://...</c>, or a SQLite file as <c>Data Source=/path/integr8scode.db</c>.
    /// </summary>
    /// <remarks>A missing or wrong setting, a file that cannot be opened, or a password that the server refuses stops the process at start.</remarks>
    public static TBuilder AddStorage<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddOptions<StorageOptions>()
            .Configure(options => options.ConnectionString = builder.Configuration.GetConnectionString(StorageOptions.ConnectionName))
            .ValidateOnStart();
#if USE_MONGO
        if (builder.Configuration.GetConnectionString(StorageOptions.ConnectionName) is { } connection && StorageConnection.IsMongo(connection))
        {
            builder.AddMongoStores(connection);
            return builder;
        }
#endif
        builder.AddSqliteStores();
        return builder;
    }
}
