using Integr8sCode.Executions;
using Integr8sCode.Streaming;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Notifications;

/// <summary><c>GET /api/v1/notifications/stream</c>.</summary>
internal static class NotificationStreamEndpoint
{
    public static Results<EventStream, ValidationProblem, ProblemHttpResult> Stream(HttpContext http, NotificationStream stream, StreamSlots slots)
    {
        if (!NotificationStreamCursor.TryRead(http.Request, StreamCursor.Header, out var cursor))
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]>
            {
                [StreamCursor.Header] = ["The id of an event of this stream, as it came."],
            });
        }

        return slots.TryTake(http, out var slot, out var refused)
            ? new EventStream(stream.ReadAsync(http.User.Id(), cursor, CancellationToken.None), slot)
            : refused;
    }
}
