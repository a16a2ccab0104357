using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

/// <summary>
/// Creates the indexes when the process starts. A server that is not there yet does not stop it, because nothing starts in order on a
/// cluster; a server that refuses the password does.
/// </summary>
internal sealed partial class MongoStart(MongoCollections collections, IOptions<StorageOptions> options, ILogger<MongoStart> logger)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await collections.PingAsync(cancellationToken);
        }
        catch (StoreUnavailableException error) when (error.InnerException is MongoAuthenticationException)
        {
            var connection = StorageConnection.Redact(options.Value.ConnectionString!);
            throw new OptionsValidationException(
                Options.DefaultName,
                typeof(StorageOptions),
                [new InvalidStorageException($"has a user or password that the server refuses: '{connection}'.").Message]);
        }
        catch (StoreUnavailableException error)
        {
            LogNotReady(error.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "The store is not ready yet: {Reason}")]
    private partial void LogNotReady(string reason);
}
