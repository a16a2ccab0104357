using Integr8sCode.Spans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Query;

/// <summary>Jaeger's API v1, which Grafana and older Jaeger UIs call.</summary>
internal static class JaegerV1Endpoints
{
    private const int DefaultLookbackMilliseconds = 24 * 60 * 60 * 1000;
    private const int NanosecondsPerMillisecond = 1_000_000;

    public static IEndpointRouteBuilder MapJaegerV1(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").WithErrors(Error);
        group.MapGet("/services", (TraceReader reader, CancellationToken cancellationToken) => Answer(reader.Services(cancellationToken)));
        group.MapGet("/services/{service}/operations", OperationNames);
        group.MapGet("/operations", Operations);
        group.MapGet("/traces", Search);
        group.MapGet("/traces/{id}", Find);
        group.MapGet("/dependencies", Dependencies);
        group.MapGet("/metrics/{**query}", () => Error(StatusCodes.Status501NotImplemented, "metrics querying is currently disabled")); // the UI's Monitor page then explains itself
        return routes;
    }

    private static Ok<JaegerAnswer<string>> OperationNames(string service, TraceReader reader, CancellationToken cancellationToken) =>
        Answer(reader.Operations(service, null, cancellationToken).Select(operation => operation.Name).Distinct().ToList());

    private static Ok<JaegerAnswer<JaegerOperation>> Operations(HttpRequest request, TraceReader reader, CancellationToken cancellationToken)
    {
        var parameters = new QueryParameters(request.Query);
        var service = parameters.Text("service") ?? throw new InvalidQueryException("parameter 'service' is required");
        return Answer(reader.Operations(service, parameters.Kind("spanKind"), cancellationToken).ConvertAll(JaegerOperation.Of));
    }

    private static Ok<JaegerAnswer<JaegerTrace>> Search(HttpRequest request, TraceSpans traces, CancellationToken cancellationToken)
    {
        var parameters = new QueryParameters(request.Query);
        var ids = parameters.All("traceID").Select(TraceIdParameter.Parse).ToList();
        var found = ids.Count > 0 ? traces.Find(ids, cancellationToken) : traces.Find(QueryOf(parameters), cancellationToken);
        return Answer(found.ConvertAll(JaegerTranslation.Trace));
    }

    private static IResult Find(string id, TraceReader reader, CancellationToken cancellationToken) =>
        reader.Find(TraceIdParameter.Parse(id), cancellationToken) is { Count: > 0 } spans
            ? Answer([JaegerTranslation.Trace(spans)])
            : Error(StatusCodes.Status404NotFound, "trace not found");

    private static Ok<JaegerAnswer<ServiceCall>> Dependencies(HttpRequest request, ServiceGraph graph, TimeProvider time, CancellationToken cancellationToken)
    {
        var parameters = new QueryParameters(request.Query);
        var end = parameters.Milliseconds("endTs", time.GetUtcNow().ToUnixTimeMilliseconds());
        var start = Math.Max(0, end - parameters.Milliseconds("lookback", DefaultLookbackMilliseconds));
        return Answer(graph.Calls(Nanoseconds(start), Nanoseconds(end), cancellationToken));
    }

    private static TraceQuery QueryOf(QueryParameters parameters) => new()
    {
        Service = parameters.Text("service"),
        Operation = parameters.Text("operation"),
        Tags = QueryParameters.Bounded(parameters.Tags("tag"), parameters.JsonTags("tags")),
        StartMin = parameters.Microseconds("start", 0),
        StartMax = parameters.Microseconds("end", long.MaxValue),
        DurationMin = parameters.Duration("minDuration", 0),
        DurationMax = parameters.Duration("maxDuration", long.MaxValue),
        Limit = parameters.Limit("limit"),
    };

    private static long Nanoseconds(long milliseconds) =>
        milliseconds > long.MaxValue / NanosecondsPerMillisecond ? long.MaxValue : milliseconds * NanosecondsPerMillisecond;

    private static Ok<JaegerAnswer<T>> Answer<T>(List<T> data) => TypedResults.Ok(JaegerAnswer<T>.Of(data));

    private static IResult Error(int status, string message) =>
        TypedResults.Json(new JaegerAnswer<string>(null, 0, 0, 0, [new(status, message)]), statusCode: status);
}
