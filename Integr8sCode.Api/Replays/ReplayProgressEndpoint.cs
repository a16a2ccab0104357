using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Replays;

/// <summary><c>GET /api/v1/admin/replays/{id}/progress</c>: the session itself after each change, so that a client needs no other call.</summary>
internal static class ReplayProgressEndpoint
{
    private const string EventName = "progress";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public static async Task<Results<ServerSentEventsResult<ReplayView>, NotFound>> StreamAsync(
        ReplaySessionId id, IReplayStore sessions, TimeProvider clock, CancellationToken cancellationToken) =>
        await sessions.FindAsync(id.Value, cancellationToken) is { } session
            ? TypedResults.ServerSentEvents(FollowAsync(session, sessions, clock, cancellationToken))
            : TypedResults.NotFound();

    private static async IAsyncEnumerable<SseItem<ReplayView>> FollowAsync(
        ReplaySession session, IReplayStore sessions, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = 0L;
        for (var current = session; current is not null; current = await FindAsync(session.Id, sessions, cancellationToken))
        {
            if (current.Version > told)
            {
                told = current.Version;
                yield return new(ReplayView.Of(current), EventName) { EventId = $"{told}" };
            }

            if (current.HasEnded)
            {
                yield break;
            }

            await Task.Delay(Interval, clock, cancellationToken);
        }
    }

    private static async Task<ReplaySession?> FindAsync(Guid id, IReplayStore sessions, CancellationToken cancellationToken)
    {
        Activity.Current = null; // looking again and again is no part of the request's trace
        return await sessions.FindAsync(id, cancellationToken);
    }
}
