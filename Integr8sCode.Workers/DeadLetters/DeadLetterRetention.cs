using Integr8sCode.Storage;
using Microsoft.Extensions.Options;

namespace Integr8sCode.DeadLetters;

/// <summary>Archives dead letters that nobody looked after, and forgets what is closed for long.</summary>
internal sealed class DeadLetterRetention(
    IDeadLetterStore letters, IOptions<DeadLetterOptions> options, TimeProvider clock, ILogger<DeadLetterRetention> logger) : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly StoreOutage _outage = new(logger, "old dead letters stay");

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var forgotten = new DeadLetterFilter(DeadLetterStatus.Dead, To: now - options.Value.ArchiveAfter, Limit: Batch);
        while (await letters.ListAsync(forgotten, cancellationToken) is [.., var last] page)
        {
            var note = DeadLetterNote.Now(DeadLetterRegistration.Role, $"Nobody looked after it for {options.Value.ArchiveAfter}.", clock);
            foreach (var letter in page)
            {
                await letters.ChangeAsync(letter, current => current.Archive(note), cancellationToken);
            }

            forgotten = forgotten with { Before = last.Id };
        }

        await letters.PruneAsync(now - options.Value.Retention, options.Value.KeptLetters, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CleanAsync(stoppingToken);
                _outage.IsOver();
            }
            catch (StoreUnavailableException exception)
            {
                _outage.Goes(exception);
            }
        }
    }
}
