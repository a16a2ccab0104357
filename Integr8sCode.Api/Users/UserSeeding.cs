using System.Security.Cryptography;
using System.Text;
using Integr8sCode.Storage;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Users;

/// <summary>
/// Makes sure of the configured users and keys, and that there is an admin, before the first request is served; after it where the
/// store is not there yet.
/// </summary>
internal sealed partial class UserSeeding(
    IUserStore users, IApiKeyStore keys, IOptions<ApiKeyOptions> options, TimeProvider clock, ILogger<UserSeeding> logger) : BackgroundService
{
    private const string FirstAdmin = "admin";
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly StoreOutage _outage = new(logger, "the configured users and keys are not made sure of yet");
    private bool _done;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TrySeedAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!_done)
        {
            await Task.Delay(RetryInterval, clock, stoppingToken);
            await TrySeedAsync(stoppingToken);
        }
    }

    private async Task TrySeedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SeedAsync(cancellationToken);
            _outage.IsOver();
            _done = true;
        }
        catch (StoreUnavailableException error)
        {
            _outage.Goes(error);
        }
    }

    private async Task SeedAsync(CancellationToken cancellationToken)
    {
        foreach (var (index, seed) in options.Value.Seed.Index())
        {
            await SeedUserAsync(seed, cancellationToken);
            await SeedKeyAsync(seed, index, cancellationToken);
        }

        if (!await users.HasAdminAsync(cancellationToken))
        {
            await AddFirstAdminAsync(cancellationToken);
        }
    }

    private async Task SeedUserAsync(ApiKeySeed seed, CancellationToken cancellationToken)
    {
        if (!await users.AddAsync(new(seed.UserId, seed.Role, IsDisabled: false, clock.GetUtcNow()), cancellationToken))
        {
            await users.ChangeAsync(seed.UserId, new(seed.Role), cancellationToken);
        }
    }

    private async Task SeedKeyAsync(ApiKeySeed seed, int index, CancellationToken cancellationToken)
    {
        var known = await keys.FindAsync(ApiKey.PrefixOf(seed.Key), cancellationToken);
        if (!known.Any(key => key.UserId == seed.UserId && key.Matches(seed.Key)))
        {
            await keys.SaveAsync(ApiKey.Of(seed.Key, seed.UserId, clock.GetUtcNow()) with { Id = IdOf(seed, index), Name = "configured" }, cancellationToken);
        }
    }

    // The key comes first: of several processes that start at once only one adds the user, and prints a key that works.
    private async Task AddFirstAdminAsync(CancellationToken cancellationToken)
    {
        var key = ApiKey.Generate();
        var kept = ApiKey.Of(key, FirstAdmin, clock.GetUtcNow()) with { Name = "first" };
        await keys.SaveAsync(kept, cancellationToken);
        if (await users.AddAsync(new(FirstAdmin, UserRole.Admin, IsDisabled: false, clock.GetUtcNow()), cancellationToken))
        {
            // Not a log line: logs are shipped and kept.
            await Console.Out.WriteLineAsync($"The first admin is '{FirstAdmin}'. Its API key is shown only now: {key}");
            return;
        }

        await keys.DeleteAsync(FirstAdmin, kept.Id, cancellationToken);
        if (!await users.HasAdminAsync(cancellationToken))
        {
            LogNoAdmin(FirstAdmin);
        }
    }

    /// <summary>The same in every process, so that several which start at once keep the key once.</summary>
    private static Guid IdOf(ApiKeySeed seed, int index) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{index}/{seed.UserId}/{ApiKey.PrefixOf(seed.Key)}")).AsSpan(0, 16), bigEndian: true);

    [LoggerMessage(LogLevel.Warning, "No user is an admin, and '{UserId}' is taken. Configure an admin as ApiKeys:Seed to get in.")]
    private partial void LogNoAdmin(string userId);
}
