using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Integr8sCode.Spans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Query;

/// <summary>Jaeger's API v3, which its UI calls since 2.15.</summary>
internal static class JaegerV3Endpoints
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNameCaseInsensitive = false };

    public static IEndpointRouteBuilder MapJaegerV3(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v3").WithErrors(Error);
        group.MapGet("/services", (TraceReader reader, CancellationToken cancellationToken) => Answer(new ServiceList(reader.Services(cancellationToken))));
        group.MapGet("/operations", Operations);
        group.MapGet("/trace-summaries", Summaries);
        group.MapGet("/traces", Search);
        group.MapGet("/traces/{id}", Find);
        return routes;
    }

    private static JsonHttpResult<OperationList> Operations(HttpRequest request, TraceReader reader, CancellationToken cancellationToken)
    {
        var parameters = new QueryParameters(request.Query);
        var service = parameters.Text("service") ?? throw new InvalidQueryException("service is required");
        return Answer(new OperationList(reader.Operations(service, parameters.Kind("spanKind"), cancellationToken).ConvertAll(JaegerOperation.Of)));
    }

    private static JsonHttpResult<SummaryList> Summaries(HttpRequest request, TraceSearch search, TraceReader reader, CancellationToken cancellationToken) =>
        Answer(new SummaryList(search.Find(QueryOf(request), cancellationToken).ConvertAll(trace =>
            Summary(trace, reader.Shares(trace, cancellationToken), reader.Orphans(trace, cancellationToken)))));

    private static IResult Search(HttpRequest request, TraceSpans traces, CancellationToken cancellationToken) =>
        Spans(traces.Find(QueryOf(request), cancellationToken).SelectMany(trace => trace));

    private static IResult Find(string id, TraceReader reader, CancellationToken cancellationToken) =>
        Spans(reader.Find(TraceIdParameter.Parse(id), cancellationToken));

    private static TraceQuery QueryOf(HttpRequest request)
    {
        var parameters = new QueryParameters(request.Query);
        return new()
        {
            Service = parameters.Text("query.serviceName"),
            Operation = parameters.Text(parameters.Given("query.operationName", "query.spanName")),
            Tags = QueryParameters.Bounded(parameters.JsonTags("query.attributes")),
            StartMin = parameters.Instant("query.startTimeMin"),
            StartMax = parameters.Instant("query.startTimeMax"),
            DurationMin = parameters.Duration("query.durationMin", 0),
            DurationMax = parameters.Duration("query.durationMax", long.MaxValue),
            Limit = parameters.Limit(parameters.Given("query.searchDepth", "query.numTraces")),
        };
    }

    private static TraceSummaryV3 Summary(TraceSummary trace, List<ServiceShare> shares, long orphans) => new(
        trace.TraceId.ToString(), trace.RootService, trace.RootName,
        trace.Start.ToString(CultureInfo.InvariantCulture), trace.End.ToString(CultureInfo.InvariantCulture),
        trace.Spans, trace.Errors, orphans,
        shares.ConvertAll(share => new ServiceSummaryV3(share.Service, share.Spans, share.Errors)));

    private static IResult Spans(IEnumerable<OwnedSpan> spans) => OtlpTranslation.Of(spans) is { ResourceSpans.Count: > 0 } trace
        ? Answer(new TraceResult(trace))
        : Error(StatusCodes.Status404NotFound, "No traces found");

    private static JsonHttpResult<T> Answer<T>(T body) => TypedResults.Json(body, Json);

    private static IResult Error(int status, string message) => TypedResults.Json(new ErrorV3(new(status, message)), statusCode: status);

    private sealed record ServiceList(List<string> Services);
    private sealed record OperationList(List<JaegerOperation> Operations);
    private sealed record SummaryList(List<TraceSummaryV3> Summaries);
    private sealed record TraceSummaryV3(
        string TraceId, string RootServiceName, string RootOperationName, string MinStartTimeUnixNano, string MaxEndTimeUnixNano,
        long SpanCount, long ErrorSpanCount, long OrphanSpanCount, List<ServiceSummaryV3> Services)
    {
        /// <summary>The same id under the name that the first UI with summaries (2.19) reads.</summary>
        [JsonPropertyName("traceID")]
        public string FormerTraceId => TraceId;
    }

    private sealed record ServiceSummaryV3(string Name, long SpanCount, long ErrorSpanCount);
    private sealed record TraceResult(OtlpTrace Result);
    private sealed record ErrorV3(ErrorBodyV3 Error);
    private sealed record ErrorBodyV3(int HttpCode, string Message);
}
