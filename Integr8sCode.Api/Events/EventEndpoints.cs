using System.Security.Claims;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Events;

/// <summary>What happened to the caller's executions.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/events").WithTags("Events");
        group.MapGet("/", ListAsync).WithName("ListEvents").WithSummary("Events of the caller's executions, newest first.");
        group.MapGet("/statistics", CountAsync).WithName("CountEvents")
            .WithSummary("How many events of the caller's executions: by type, by service, by hour.");
        group.MapGet("/{id}", GetAsync).WithName("GetEvent").WithSummary("One event.");
    }

    private static Task<Results<Ok<EventList>, ValidationProblem>> ListAsync(
        [AsParameters] EventQuery query, [AsParameters] EventPaging paging, ClaimsPrincipal user, IEventStore events,
        CancellationToken cancellationToken)
    {
        var errors = query.Validate(out var filter);
        return events.AnswerPageAsync(filter with { UserId = user.Id() }, paging, errors, cancellationToken);
    }

    private static Task<Results<Ok<EventStatistics>, ValidationProblem>> CountAsync(
        [AsParameters] EventQuery query, ClaimsPrincipal user, IEventStore events, TimeProvider clock, CancellationToken cancellationToken)
    {
        var errors = query.Validate(out var filter);
        return events.AnswerCountsAsync(filter with { UserId = user.Id() }, clock.GetUtcNow(), errors, cancellationToken);
    }

    private static async Task<Results<Ok<Event>, NotFound>> GetAsync(
        EventId id, ClaimsPrincipal user, IEventStore events, CancellationToken cancellationToken)
    {
        var found = await events.FindAsync(id.Value, cancellationToken);

        return found is not null && (user.IsAdmin() || found.UserId == user.Id()) ? TypedResults.Ok(found) : TypedResults.NotFound();
    }

    public static async Task<Results<Ok<EventList>, ValidationProblem>> AnswerPageAsync(
        this IEventStore events, EventFilter filter, EventPaging paging, Dictionary<string, string[]> errors, CancellationToken cancellationToken)
    {
        var page = paging.Read(errors);
        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        if (await events.QueryAsync(filter, page with { Limit = page.Limit + 1 }, cancellationToken) is not { } found)
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["cursor"] = [QueryText.ExpectedCursor] });
        }

        var items = found.Take(page.Limit).ToList();
        return TypedResults.Ok(new EventList(items, found.Count > items.Count ? items[^1].EventId.ToString() : null));
    }

    public static async Task<Results<Ok<EventStatistics>, ValidationProblem>> AnswerCountsAsync(
        this IEventStore events, EventFilter filter, DateTimeOffset now, Dictionary<string, string[]> errors, CancellationToken cancellationToken)
    {
        var to = filter.To ?? now;
        var from = filter.From ?? (to > DateTimeOffset.MinValue + EventStatistics.DefaultRange ? to - EventStatistics.DefaultRange : DateTimeOffset.MinValue);
        if (from >= to || to - from > EventStatistics.MaxRange)
        {
            errors.TryAdd("from", [$"A time before that of to, by at most {EventStatistics.MaxRange.TotalDays} days; a day before it when absent."]);
        }

        return errors.Count > 0
            ? TypedResults.ValidationProblem(errors)
            : TypedResults.Ok(EventStatistics.Of(from, to, await events.CountAsync(filter with { From = from, To = to }, cancellationToken)));
    }
}

/// <param name="NextCursor">Pass it as <c>cursor</c> for the next page; absent on the last.</param>
public sealed record EventList(IReadOnlyList<Event> Items, string? NextCursor);
