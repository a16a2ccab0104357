using System.Diagnostics;
using Integr8sCode.Events;

namespace Integr8sCode.Replays;

/// <summary>
/// Events on their way: handed to the broker one after the other, acknowledged together, then known to the session. What a crash leaves
/// unknown is at most one batch.
/// </summary>
internal sealed class ReplayBatch(
    ReplayHold hold, ReplayTarget target, IReadOnlySet<(Guid EventId, string Topic)> known, ActivityContext span, TimeProvider clock)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(500);

    private readonly List<(Event Event, DateTimeOffset Due, Task<ReplayOutcome> Outcome)> _sent = [];
    private long _started = clock.GetTimestamp();

    public TimeSpan Age => _sent.Count == 0 ? TimeSpan.Zero : clock.GetElapsedTime(_started);

    /// <summary>The session as if everything sent were known to it.</summary>
    public ReplaySession Reached => _sent is [.., var last]
        ? hold.Session with { LastEventAt = last.Event.Time, PacedAt = last.Due }
        : hold.Session;

    public void Add(Event recorded, DateTimeOffset due)
    {
        if (_sent.Count == 0)
        {
            _started = clock.GetTimestamp();
        }

        _sent.Add((recorded, due, target.SendAsync(recorded, hold.Session, span, known)));
    }

    /// <summary>Waits for the acknowledgements and tells the session.</summary>
    /// <exception cref="ReplayException">An event could not be sent; the session knows of those before it.</exception>
    public async Task FlushAsync()
    {
        if (_sent.Count == 0)
        {
            return;
        }

        var all = Task.WhenAll(_sent.Select(sent => sent.Outcome));
        while (await Task.WhenAny(all, Task.Delay(Heartbeat, clock, CancellationToken.None)) != all)
        {
            await hold.KeepAsync();
        }

        var done = _sent.TakeWhile(sent => sent.Outcome.IsCompletedSuccessfully).ToList();
        if (done is [.., var last])
        {
            await hold.AdvanceAsync(ProgressOf([.. done.Select(sent => sent.Outcome.Result)], last.Event, last.Due));
        }

        _sent.Clear();
        await all; // throws what kept the next event from being sent
    }

    private ReplayProgress ProgressOf(IReadOnlyList<ReplayOutcome> done, Event last, DateTimeOffset due) => new(
        done.Count(outcome => !outcome.IsReexecuted),
        done.Count(outcome => outcome.IsReexecuted),
        last.EventId,
        last.Time,
        due,
        clock.GetElapsedTime(_started),
        done.SelectMany(outcome => outcome.Places)
            .GroupBy(place => place.Name)
            .ToDictionary(partition => partition.Key, partition => partition.Max(place => place.Offset) + 1));
}
