using System.Globalization;
using System.Security.Claims;
using Integr8sCode.Executions;
using Integr8sCode.RateLimits;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Integr8sCode.Traces;

/// <summary>What happened in which order, and where the time went.</summary>
internal static class TraceEndpoints
{
    private const string PlainText = "text/plain";
    private const string RetryAfterSeconds = "1";

    private static readonly string ExpectedColumns = $"A number from {Waterfall.Narrowest} to {Waterfall.Widest}.";

    public static void MapTraces(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/executions/{id}/trace", GetAsync).WithTags("Traces").WithName("GetExecutionTrace")
            .InRateLimitGroup(RateLimitGroups.Result)
            .WithSummary("The execution's timeline: JSON, or a waterfall for a terminal where text/plain is accepted.")
            .Produces<TimelineView>(StatusCodes.Status200OK, "application/json", PlainText);
        routes.MapGet("/api/v1/traces/summary", SummarizeAsync).WithTags("Traces").WithName("SummarizeTraces")
            .WithSummary("Where the time goes, by route and by topic. For admins.")
            .RequireAdmin();
    }

    private static async Task<Results<Ok<TimelineView>, ContentHttpResult, NotFound, ValidationProblem, ProblemHttpResult>> GetAsync(
        ExecutionId id, string? columns, HttpContext http, ClaimsPrincipal user, IExecutionStore executions, TimelineReader timelines,
        CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        var width = errors.Read(columns, "columns", ExpectedColumns, ParseColumns) ?? Waterfall.DefaultColumns;
        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        if (await executions.FindVisibleAsync(id, user, cancellationToken) is not { } execution)
        {
            return TypedResults.NotFound();
        }

        var (tree, missing) = await timelines.ReadAsync(execution, cancellationToken);
        if (tree is null)
        {
            return NotThere(http.Response, missing!);
        }

        http.Response.Headers.Vary = HeaderNames.Accept;
        var timeline = TimelineView.Of(execution, tree);

        return IsTextPreferred(http.Request)
            ? TypedResults.Text(Waterfall.Draw(timeline, width), $"{PlainText}; charset=utf-8")
            : TypedResults.Ok(timeline);
    }

    private static async Task<Results<Ok<SummaryView>, ValidationProblem>> SummarizeAsync(
        [AsParameters] SummaryQuery query, SummaryReader summaries, TimeProvider clock, CancellationToken cancellationToken)
    {
        var errors = query.Validate(clock.GetUtcNow(), out var filter);

        return errors.Count > 0
            ? TypedResults.ValidationProblem(errors)
            : TypedResults.Ok(await summaries.ReadAsync(filter, cancellationToken));
    }

    private static ProblemHttpResult NotThere(HttpResponse response, MissingTrace missing)
    {
        if (missing.MayAppear)
        {
            response.Headers.RetryAfter = RetryAfterSeconds;
        }

        return TypedResults.Problem(
            missing.Detail, statusCode: StatusCodes.Status404NotFound, extensions: new Dictionary<string, object?> { ["reason"] = missing.Reason });
    }

    private static bool IsTextPreferred(HttpRequest request) => request.GetTypedHeaders().Accept
        .OrderByDescending(accepted => accepted.Quality ?? 1)
        .Select(accepted => accepted.MediaType.Value)
        .FirstOrDefault(type => type is PlainText or "application/json" or "application/*" or "*/*") is PlainText;

    private static int? ParseColumns(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns is >= Waterfall.Narrowest and <= Waterfall.Widest
            ? columns
            : null;
}
