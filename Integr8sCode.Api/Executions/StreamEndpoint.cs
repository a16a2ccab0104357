using System.Security.Claims;
using Integr8sCode.Streaming;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Executions;

/// <summary><c>GET /api/v1/executions/{id}/stream</c>.</summary>
internal static class StreamEndpoint
{
    public static async Task<Results<EventStream, NoContent, NotFound, ValidationProblem, ProblemHttpResult>> StreamAsync(
        ExecutionId id, HttpContext http, ClaimsPrincipal user, IExecutionStore executions, ExecutionStream stream, StreamSlots slots,
        CancellationToken cancellationToken)
    {
        if (await executions.FindVisibleAsync(id, user, cancellationToken) is not { } execution)
        {
            return TypedResults.NotFound();
        }

        if (!StreamCursor.TryRead(http.Request, out var cursor) || !cursor.Fits(execution.State))
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]>
            {
                [StreamCursor.Header] = ["The id of an event of this stream, as it came."],
            });
        }

        if (cursor.Phase is StreamPhase.End)
        {
            return TypedResults.NoContent(); // tells a browser's EventSource not to come back
        }

        return slots.TryTake(http, out var slot, out var refused)
            ? new EventStream(stream.ReadAsync(execution, cursor, CancellationToken.None), slot)
            : refused;
    }
}
