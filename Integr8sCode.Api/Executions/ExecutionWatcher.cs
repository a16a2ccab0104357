using Integr8sCode.Storage;
using Integr8sCode.Streaming;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Executions;

/// <summary>
/// Tells this process's readers when their executions move. The store is the truth and is asked for all of them in one question, so any
/// replica serves any reader, and a thousand readers cost the store what one does.
/// </summary>
internal sealed class ExecutionWatcher(
    IOutputStore store, IOptions<StreamOptions> options, TimeProvider clock, ILogger<ExecutionWatcher> logger) : BackgroundService
{
    private readonly Dictionary<Guid, (ExecutionWatch Watch, int Readers)> _watched = [];
    private readonly StoreOutage _outage = new(logger, "streams of executions stand still");

    /// <returns>Shared by all who watch this execution; each of them must dispose its own <paramref name="end"/>.</returns>
    public ExecutionWatch Watch(Guid executionId, out IDisposable end)
    {
        lock (_watched)
        {
            var (watch, readers) = _watched.GetValueOrDefault(executionId, (new(), 0));
            _watched[executionId] = (watch, readers + 1);
            end = new Reader(this, executionId);

            return watch;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var watches = List();
        if (watches.Count == 0)
        {
            return;
        }

        try
        {
            foreach (var (id, progress) in await store.WatchAsync(watches.Keys, cancellationToken))
            {
                watches[id].Show(progress);
            }

            _outage.IsOver();
        }
        catch (StoreUnavailableException exception)
        {
            _outage.Goes(exception);
        }
    }

    private Dictionary<Guid, ExecutionWatch> List()
    {
        lock (_watched)
        {
            return _watched.ToDictionary(watched => watched.Key, watched => watched.Value.Watch);
        }
    }

    private void Leave(Guid executionId)
    {
        lock (_watched)
        {
            var (watch, readers) = _watched[executionId];
            if (readers == 1)
            {
                _watched.Remove(executionId);
            }
            else
            {
                _watched[executionId] = (watch, readers - 1);
            }
        }
    }

    private sealed class Reader(ExecutionWatcher watcher, Guid executionId) : IDisposable
    {
        public void Dispose() => watcher.Leave(executionId);
    }
}
