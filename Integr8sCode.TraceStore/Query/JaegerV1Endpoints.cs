using Integr8sCode.Spans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Query;

/// <summary>Jaeger's API v1, which Grafana and older Jaeger UIs call.</summary>
internal static class JaegerV1Endpoints
{
    public static IEndpointRouteBuilder MapJaegerV1(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api");
        group.MapGet("/traces/{id}", Find);
        return routes;
    }

    private static IResult Find(string id, TraceReader reader)
    {
        if (!TraceId.TryParse(id, out var traceId))
        {
            return Error(StatusCodes.Status400BadRequest, $"malformed trace id: {id}");
        }

        var spans = reader.Find(traceId);
        return spans.Count == 0
            ? Error(StatusCodes.Status404NotFound, "trace not found")
            : TypedResults.Ok(JaegerAnswer<JaegerTrace>.Of([JaegerTranslation.Trace(spans)]));
    }

    private static JsonHttpResult<JaegerAnswer<JaegerTrace>> Error(int status, string message) =>
        TypedResults.Json(new JaegerAnswer<JaegerTrace>(null, 0, 0, 0, [new(status, message)]), statusCode: status);
}
