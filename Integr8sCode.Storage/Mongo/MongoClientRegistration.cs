using Microsoft.Extensions.Hosting;
using MongoDB.Driver;
#if !USE_ASPIRE
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
#endif

namespace Integr8sCode.Mongo;

/// <summary>
/// The process's one client: Aspire's where the feed has Aspire, else our own from the same connection string. Aspire's tracing and
/// health check are off: the driver makes better spans itself, and the check <c>store</c> is ours.
/// </summary>
internal static class MongoClientRegistration
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);

#if USE_ASPIRE
    public static void AddMongoClient(this IHostApplicationBuilder builder) =>
        builder.AddMongoDBClient(
            StorageOptions.ConnectionName,
            settings =>
            {
                settings.DisableTracing = true;
                settings.DisableHealthChecks = true;
            },
            LimitWaiting);
#else
    public static void AddMongoClient(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<IMongoClient>(services =>
        {
            var connection = services.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString;
            var settings = MongoClientSettings.FromConnectionString(connection);
            LimitWaiting(settings);
            return new MongoClient(settings);
        });
#endif

    // Callers retry themselves, so an answer in seconds beats the driver's half minute; what the connection string says counts.
    private static void LimitWaiting(MongoClientSettings settings)
    {
        settings.ServerSelectionTimeout = Shorter(settings.ServerSelectionTimeout, MongoDefaults.ServerSelectionTimeout, Patience);
        settings.ConnectTimeout = Shorter(settings.ConnectTimeout, MongoDefaults.ConnectTimeout, Patience);
        settings.WaitQueueTimeout = Shorter(settings.WaitQueueTimeout, MongoDefaults.WaitQueueTimeout, LongestAnswer);
        settings.SocketTimeout = Shorter(settings.SocketTimeout, MongoDefaults.SocketTimeout, LongestAnswer);
    }

    private static TimeSpan Shorter(TimeSpan given, TimeSpan usual, TimeSpan ours) => given == usual ? ours : given;
}
