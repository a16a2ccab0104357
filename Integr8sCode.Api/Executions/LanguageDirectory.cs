using Integr8sCode.Settings;

namespace Integr8sCode.Executions;

/// <summary>What the workers of this installation can run, read from their announcements and kept for a moment.</summary>
internal sealed class LanguageDirectory(IWorkerStore workers, CurrentSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private Snapshot _snapshot = new([], DateTimeOffset.MinValue);

    public async ValueTask<IReadOnlyList<LanguageView>> ListAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_snapshot is not { Languages.Count: > 0 } snapshot || now - snapshot.ReadAt > Freshness)
        {
            _snapshot = snapshot = new(Merge(await workers.ListAsync(cancellationToken), settings.Value, now), now);
        }

        return snapshot.Languages;
    }

    private static List<LanguageView> Merge(
        IReadOnlyList<WorkerAnnouncement> announcements, PlatformSettings settings, DateTimeOffset now) =>
    [
        .. announcements
            .SelectMany(worker => worker.Languages, (worker, language) => (Language: language, Alive: worker.AliveUntil > now))
            .GroupBy(entry => (entry.Language.Name, entry.Language.Version))
            .OrderBy(group => group.Key.Name, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Version, StringComparer.Ordinal)
            .Select(group => LanguageView.Of(group.First().Language, group.Any(entry => entry.Alive)).Under(settings)),
    ];

    private sealed record Snapshot(IReadOnlyList<LanguageView> Languages, DateTimeOffset ReadAt);
}
