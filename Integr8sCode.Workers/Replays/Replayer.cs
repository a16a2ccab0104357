using Integr8sCode.Storage;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Replays;

/// <summary>Takes sessions that nobody works on, and works on several at once. Any number of these processes share them.</summary>
internal sealed class Replayer(
    IReplayStore sessions, ReplayRunner runner, IOptions<ReplayOptions> options, TimeProvider clock, ILogger<Replayer> logger)
    : BackgroundService
{
    private readonly StoreOutage _outage = new(logger, "replay sessions wait");
    private readonly string _owner = Guid.CreateVersion7().ToString();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                running.RemoveAll(session => session.IsCompleted);
                if (running.Count < options.Value.MaxSessions && await TryClaimAsync(stoppingToken) is { } hold)
                {
                    running.Add(runner.RunAsync(hold, stoppingToken));
                }

                await Task.Delay(options.Value.PollInterval, clock, stoppingToken);
            }
        }
        finally
        {
            await Task.WhenAll(running); // each leaves its session in good order
        }
    }

    private async Task<ReplayHold?> TryClaimAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = clock.GetUtcNow();
            foreach (var free in await sessions.FindClaimableAsync(now, options.Value.MaxSessions, cancellationToken))
            {
                if (free.Claim(_owner, now + options.Value.Lease, now) is { } claimed && await sessions.SaveAsync(claimed, cancellationToken))
                {
                    return new(claimed, free.Owner is not null, sessions, options.Value.Lease, clock);
                }
            }

            _outage.IsOver();
        }
        catch (StoreUnavailableException exception)
        {
            _outage.Goes(exception);
        }

        return null;
    }
}
