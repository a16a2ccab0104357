using System.Diagnostics;
using Integr8sCode.Events;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Replays;

/// <summary>Goes through a session's events, page by page and at its pace.</summary>
internal sealed class ReplayWalk(IEventStore events, ReplayTarget target, IOptions<ReplayOptions> options, TimeProvider clock)
{
    private const int PageSize = 100;

    /// <summary>Longest time without a look at what the admin wants.</summary>
    private static readonly TimeSpan Attention = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(
        ReplayHold hold, IReadOnlySet<(Guid EventId, string Topic)> known, ActivityContext span, CancellationToken stop)
    {
        var end = clock.GetUtcNow() + options.Value.Slice;
        var batch = new ReplayBatch(hold, target, known, span, clock);
        while (hold.MayGoOn && !stop.IsCancellationRequested && clock.GetUtcNow() < end)
        {
            var page = await ReadAsync(hold.Session, stop);
            if (page is [])
            {
                await hold.CompleteAsync();
                return;
            }

            await RunAsync(page, hold, batch, end, stop);
        }

        await hold.ReleaseAsync();
    }

    private async Task RunAsync(
        IReadOnlyList<Event> page, ReplayHold hold, ReplayBatch batch, DateTimeOffset end, CancellationToken stop)
    {
        foreach (var recorded in page)
        {
            var due = ReplayPace.DueAt(batch.Reached, recorded.Time, clock.GetUtcNow());
            if (due > clock.GetUtcNow() || batch.Age > Attention / 2)
            {
                await batch.FlushAsync();
            }

            await hold.KeepAsync();
            if (!await IsDueAsync(due, hold, end, stop))
            {
                break;
            }

            batch.Add(recorded, due);
        }

        await batch.FlushAsync();
    }

    private async Task<IReadOnlyList<Event>> ReadAsync(ReplaySession session, CancellationToken cancellationToken)
    {
        var left = session.Plan.Limit - session.Done;
        return left <= 0
            ? []
            : await events.QueryAsync(session.Plan.Filter, new(session.Cursor, (int)Math.Min(left, PageSize)), cancellationToken)
                ?? throw new ReplayException($"The event {session.Cursor}, after which the session goes on, is gone.");
    }

    /// <summary>Waits for the time of the next event.</summary>
    /// <returns>False where the session shall not go on, or not in this slice.</returns>
    private async Task<bool> IsDueAsync(DateTimeOffset due, ReplayHold hold, DateTimeOffset end, CancellationToken stop)
    {
        while (hold.MayGoOn && !stop.IsCancellationRequested)
        {
            var left = due - clock.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return true;
            }

            if (clock.GetUtcNow() >= end)
            {
                return false;
            }

            await Task.WhenAny(Task.Delay(left < Attention ? left : Attention, clock, stop)); // a stop ends the wait, nothing more
            if (left >= Attention)
            {
                await hold.RenewAsync();
            }
        }

        return false;
    }
}
