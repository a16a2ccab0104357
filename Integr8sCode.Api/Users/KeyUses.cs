using System.Collections.Concurrent;

namespace Integr8sCode.Users;

/// <summary>Writes down when keys were last used: once a minute, all at once, and nobody waits for it.</summary>
internal sealed partial class KeyUses(IApiKeyStore keys, TimeProvider clock, ILogger<KeyUses> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _noted = [];

    public void Note(Guid keyId, DateTimeOffset at) => _noted[keyId] = at;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await WriteAsync(stoppingToken);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var taken = _noted.Keys.Select(id => (Id: id, Found: _noted.TryRemove(id, out var at), At: at)).Where(use => use.Found);
        var uses = taken.ToDictionary(use => use.Id, use => use.At);
        if (uses.Count == 0)
        {
            return;
        }

        try
        {
            await keys.NoteUseAsync(uses, cancellationToken);
        }
        catch (StoreUnavailableException error)
        {
            LogNotWritten(uses.Count, error.Message);
            foreach (var (id, at) in uses)
            {
                _noted.TryAdd(id, at); // for the next time, unless it was used again meanwhile
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The last use of {Count} API keys is written down later: {Reason}")]
    private partial void LogNotWritten(int count, string reason);
}
