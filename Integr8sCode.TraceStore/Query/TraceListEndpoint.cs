using Integr8sCode.Spans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Query;

/// <summary>What the page lists. As API v3's summaries, with when each service was at work, from which small timelines are drawn.</summary>
internal static class TraceListEndpoint
{
    private const int NanosecondsPerMicrosecond = 1000;

    public static IEndpointRouteBuilder MapTraceList(this IEndpointRouteBuilder routes)
    {
        routes.MapGroup("/api").WithErrors(Error).MapGet("/trace-list", List);
        return routes;
    }

    private static Ok<TraceList> List(HttpRequest request, TraceSearch search, TraceReader reader, CancellationToken cancellationToken)
    {
        var parameters = new QueryParameters(request.Query);
        var query = new TraceQuery
        {
            Service = parameters.Text("service"),
            Operation = parameters.Text("operation"),
            Tags = QueryParameters.Bounded(parameters.Tags("tag")),
            StartMin = parameters.Microseconds("start", 0),
            StartMax = parameters.Microseconds("end", long.MaxValue),
            DurationMin = parameters.Duration("minDuration", 0),
            DurationMax = parameters.Duration("maxDuration", long.MaxValue),
            Limit = parameters.Limit("limit"),
        };
        var traces = search.Find(query, cancellationToken);
        return TypedResults.Ok(new TraceList(traces.ConvertAll(trace => Item(trace, reader.Shares(trace, cancellationToken)))));
    }

    private static TraceListItem Item(TraceSummary trace, List<ServiceShare> shares) => new(
        trace.TraceId.ToString(), trace.RootService, trace.RootName, trace.HasRoot,
        trace.Start / NanosecondsPerMicrosecond, (trace.End - trace.Start) / NanosecondsPerMicrosecond, trace.Spans, trace.Errors,
        shares.ConvertAll(share => new ServiceTime(
            share.Service, share.Spans, share.Errors,
            (share.Start - trace.Start) / NanosecondsPerMicrosecond, (share.End - share.Start) / NanosecondsPerMicrosecond)));

    private static IResult Error(int status, string message) => TypedResults.Json(new TraceListError(message), statusCode: status);

    private sealed record TraceList(List<TraceListItem> Traces);

    /// <summary>Times and durations are microseconds.</summary>
    private sealed record TraceListItem(
        string TraceId, string Service, string Operation, bool HasRoot, long Start, long Duration, long Spans, long Errors, List<ServiceTime> Services);
    private sealed record ServiceTime(string Name, long Spans, long Errors, long Offset, long Duration);
    private sealed record TraceListError(string Error);
}
