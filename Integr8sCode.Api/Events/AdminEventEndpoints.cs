using System.Globalization;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Events;

/// <summary>The events of all users, for admins.</summary>
internal static class AdminEventEndpoints
{
    private const int MaxUserId = 128;

    public static void MapAdminEvents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/admin/events").WithTags("Events")
            .RequireAdmin();
        group.MapGet("/", ListAsync).WithName("ListAllEvents").WithSummary("Events of everybody's executions, newest first.");
        group.MapGet("/statistics", CountAsync).WithName("CountAllEvents").WithSummary("How many events: by type, by service, by hour.");
        group.MapGet("/export", Export).WithName("ExportEvents")
            .WithSummary("All matching events as a file, oldest first: CSV, or NDJSON with an event a line.")
            .WithDescription("Streamed, however many there are; an answer that breaks off is not complete.");
    }

    private static Task<Results<Ok<EventList>, ValidationProblem>> ListAsync(
        [AsParameters] EventQuery query, [FromQuery(Name = "user_id")] string? userId, [AsParameters] EventPaging paging, IEventStore events,
        CancellationToken cancellationToken)
    {
        var errors = Validate(query, userId, out var filter);
        return events.AnswerPageAsync(filter, paging, errors, cancellationToken);
    }

    private static Task<Results<Ok<EventStatistics>, ValidationProblem>> CountAsync(
        [AsParameters] EventQuery query, [FromQuery(Name = "user_id")] string? userId, IEventStore events, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var errors = Validate(query, userId, out var filter);
        return events.AnswerCountsAsync(filter, clock.GetUtcNow(), errors, cancellationToken);
    }

    private static Results<EventExport, ValidationProblem> Export(
        [AsParameters] EventQuery query, [FromQuery(Name = "user_id")] string? userId, [FromQuery] string? format,
        [FromQuery] string? limit, IEventStore events)
    {
        var errors = Validate(query, userId, out var filter);
        var most = int.TryParse(limit ?? $"{EventExport.MaxEvents}", NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (most is < 1 or > EventExport.MaxEvents) errors["limit"] = [$"A number from 1 to {EventExport.MaxEvents}."];
        IEventFormat? chosen = format switch
        {
            null or "ndjson" => new NdjsonFormat(),
            "csv" => new CsvFormat(),
            _ => null,
        };
        if (chosen is null) errors["format"] = ["csv or ndjson."];

        return errors.Count > 0 ? TypedResults.ValidationProblem(errors) : new EventExport(events, filter, chosen!, most);
    }

    private static Dictionary<string, string[]> Validate(EventQuery query, string? userId, out EventFilter filter)
    {
        var errors = query.Validate(out filter);
        if (userId is { Length: 0 or > MaxUserId }) errors["user_id"] = [$"1 to {MaxUserId} characters."];
        filter = filter with { UserId = userId };

        return errors;
    }
}
