using Microsoft.Extensions.Options;

namespace Integr8sCode.Users;

/// <summary>Makes sure of the configured keys before the first request is served.</summary>
internal sealed class ApiKeySeeding(IApiKeyStore keys, IOptions<ApiKeySeedOptions> options, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var seed in options.Value.Seed)
        {
            await keys.SaveAsync(ApiKey.Of(seed.Key, seed.UserId, seed.Role, clock.GetUtcNow()), cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
