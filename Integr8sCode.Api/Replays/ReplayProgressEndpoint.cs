using System.Runtime.CompilerServices;
using Integr8sCode.Executions;
using Integr8sCode.Streaming;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Replays;

/// <summary><c>GET /api/v1/admin/replays/{id}/progress</c>: the session itself after each change, so that a client needs no other call.</summary>
internal static class ReplayProgressEndpoint
{
    private const string EventName = "progress";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public static async Task<Results<EventStream, NoContent, NotFound, ProblemHttpResult>> StreamAsync(
        ReplaySessionId id, HttpContext http, IReplayStore sessions, StreamSlots slots, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(id.Value, cancellationToken) is not { } session)
        {
            return TypedResults.NotFound();
        }

        if (session.HasEnded && http.Request.Headers[StreamCursor.Header] == IdOf(session))
        {
            return TypedResults.NoContent(); // tells a browser's EventSource not to come back
        }

        return slots.TryTake(http, out var slot, out var refused)
            ? new EventStream(FollowAsync(session, sessions, clock, CancellationToken.None), slot)
            : refused;
    }

    private static async IAsyncEnumerable<StreamItem> FollowAsync(
        ReplaySession session, IReplayStore sessions, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = 0L;
        for (var current = session; current is not null; current = await sessions.FindAsync(session.Id, cancellationToken))
        {
            if (current.Version > told)
            {
                told = current.Version;
                yield return StreamItem.Of(EventName, IdOf(current), ReplayView.Of(current), ApiJson.Default.ReplayView);
            }

            if (current.HasEnded)
            {
                yield break;
            }

            await Task.Delay(Interval, clock, cancellationToken);
        }
    }

    private static string IdOf(ReplaySession session) => $"{session.Version}";
}
