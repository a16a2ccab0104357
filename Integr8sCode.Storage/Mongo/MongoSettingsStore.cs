using Integr8sCode.Settings;
using MongoDB.Driver;

namespace Integr8sCode.Mongo;

internal sealed class MongoSettingsStore(MongoCollections collections) : ISettingsStore
{
    public Task<PlatformSettings?> FindAsync(CancellationToken cancellationToken) =>
        collections.RunAsync(
            async () => (await collections.Settings.Find(kept => kept.Id == SettingsDocument.OnlyId).FirstOrDefaultAsync(cancellationToken))?.Settings,
            cancellationToken);

    public Task<bool> SaveAsync(PlatformSettings settings, CancellationToken cancellationToken) =>
        collections.RunAsync(
            () => settings.Version == 1 ? AddAsync(settings, cancellationToken) : ReplaceAsync(settings, cancellationToken), cancellationToken);

    private async Task<bool> AddAsync(PlatformSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await collections.Settings.InsertOneAsync(SettingsDocument.Of(settings), options: null, cancellationToken);
            return true;
        }
        catch (MongoWriteException error) when (MongoErrors.IsDuplicateKey(error))
        {
            return false;
        }
    }

    private async Task<bool> ReplaceAsync(PlatformSettings settings, CancellationToken cancellationToken)
    {
        var replaced = await collections.Settings.ReplaceOneAsync(
            kept => kept.Id == SettingsDocument.OnlyId && kept.Version == settings.Version - 1,
            SettingsDocument.Of(settings),
            new ReplaceOptions(),
            cancellationToken);
        return replaced.MatchedCount == 1;
    }
}
