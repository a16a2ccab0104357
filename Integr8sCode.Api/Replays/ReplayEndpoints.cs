using System.Diagnostics;
using System.Security.Claims;
using Integr8sCode.Events;
using Integr8sCode.RateLimits;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Replays;

/// <summary>Replay sessions, for admins.</summary>
internal static class ReplayEndpoints
{
    private const string Path = "/api/v1/admin/replays";

    public static void MapReplays(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path).WithTags("Replays").RequireAdmin();
        group.MapPost("/", CreateAsync).WithName("CreateReplay")
            .WithSummary("Creates a session and counts the events it would replay; nothing happens before it is started.");
        group.MapGet("/", ListAsync).WithName("ListReplays").WithSummary("Sessions, newest first.");
        group.MapGet("/{id}", GetAsync).WithName("GetReplay").WithSummary("One session and how far it has come.");
        group.MapGet("/{id}/progress", ReplayProgressEndpoint.StreamAsync).WithName("StreamReplayProgress")
            .InRateLimitGroup(RateLimitGroups.Stream)
            .WithSummary("The session after each step, as server-sent events; ends with the session.");
        group.MapPost("/{id}/start", StartAsync).WithName("StartReplay").WithSummary("Lets the replayers begin.");
        group.MapPost("/{id}/pause", PauseAsync).WithName("PauseReplay").WithSummary("Stops before the next event, within a second.");
        group.MapPost("/{id}/resume", ResumeAsync).WithName("ResumeReplay").WithSummary("Goes on after a pause, or after a failure was put right.");
        group.MapPost("/{id}/cancel", CancelAsync).WithName("CancelReplay").WithSummary("Stops for good, within a second.");
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteReplay").WithSummary("Forgets a session that nobody works on.");
    }

    private static async Task<Results<Created<ReplayView>, ValidationProblem>> CreateAsync(
        CreateReplay replay, ClaimsPrincipal user, IReplayStore sessions, IEventStore events, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var errors = replay.Validate();
        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var created = ReplaySession.Create(Guid.CreateVersion7(), replay.ToPlan(), total: 0, user.Id(), clock.GetUtcNow());
        var counts = await events.CountAsync(created.Plan.Filter, cancellationToken);
        var session = created with { Total = Math.Min(counts.Sum(count => count.Count), created.Plan.Limit) };
        Tag(session.Id);
        await sessions.SaveAsync(session, cancellationToken);

        return TypedResults.Created($"{Path}/{session.Id}", ReplayView.Of(session));
    }

    private static async Task<Results<Ok<ReplayList>, ValidationProblem>> ListAsync(
        [AsParameters] ReplayQuery query, IReplayStore sessions, CancellationToken cancellationToken)
    {
        var errors = query.Validate(out var status, out var before, out var limit);
        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var found = await sessions.ListAsync(status, before, limit + 1, cancellationToken);
        var page = found.Take(limit).ToList();
        return TypedResults.Ok(new ReplayList([.. page.Select(ReplayView.Of)], found.Count > page.Count ? page[^1].Id.ToString() : null));
    }

    private static async Task<Results<Ok<ReplayView>, NotFound>> GetAsync(
        ReplaySessionId id, IReplayStore sessions, CancellationToken cancellationToken) =>
        await FindAsync(sessions, id, cancellationToken) is { } session ? TypedResults.Ok(ReplayView.Of(session)) : TypedResults.NotFound();

    private static Task<Results<Ok<ReplayView>, NotFound, ProblemHttpResult>> StartAsync(
        ReplaySessionId id, ClaimsPrincipal user, IReplayStore sessions, TimeProvider clock, CancellationToken cancellationToken)
    {
        var traceParent = Telemetry.CurrentContext is { } context && context != default ? Telemetry.TraceParentOf(context) : null;
        return ChangeAsync(
            id, sessions, session => session.Start(user.Id(), traceParent, clock.GetUtcNow()), "Only a created session can be started.", cancellationToken);
    }

    private static Task<Results<Ok<ReplayView>, NotFound, ProblemHttpResult>> PauseAsync(
        ReplaySessionId id, ClaimsPrincipal user, IReplayStore sessions, TimeProvider clock, CancellationToken cancellationToken) =>
        ChangeAsync(
            id, sessions, session => session.Pause(user.Id(), clock.GetUtcNow()), "Only a running session can be paused.", cancellationToken);

    private static Task<Results<Ok<ReplayView>, NotFound, ProblemHttpResult>> ResumeAsync(
        ReplaySessionId id, ClaimsPrincipal user, IReplayStore sessions, TimeProvider clock, CancellationToken cancellationToken) =>
        ChangeAsync(
            id, sessions, session => session.Resume(user.Id(), clock.GetUtcNow()),
            "Only a paused or a failed session can be resumed.", cancellationToken);

    private static Task<Results<Ok<ReplayView>, NotFound, ProblemHttpResult>> CancelAsync(
        ReplaySessionId id, ClaimsPrincipal user, IReplayStore sessions, TimeProvider clock, CancellationToken cancellationToken) =>
        ChangeAsync(id, sessions, session => session.Cancel(user.Id(), clock.GetUtcNow()), "The session has ended.", cancellationToken);

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> DeleteAsync(
        ReplaySessionId id, IReplayStore sessions, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await FindAsync(sessions, id, cancellationToken) is not { } session)
        {
            return TypedResults.NotFound();
        }

        return !session.IsBusy(clock.GetUtcNow()) && await sessions.DeleteAsync(session.Id, session.Version, cancellationToken)
            ? TypedResults.NoContent()
            : TypedResults.Problem("A replayer works on the session: cancel it first.", statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<ReplayView>, NotFound, ProblemHttpResult>> ChangeAsync(
        ReplaySessionId id, IReplayStore sessions, Func<ReplaySession, ReplaySession?> move, string refusal, CancellationToken cancellationToken)
    {
        if (await FindAsync(sessions, id, cancellationToken) is not { } session)
        {
            return TypedResults.NotFound();
        }

        return await sessions.ChangeAsync(session, move, cancellationToken) is { } changed
            ? TypedResults.Ok(ReplayView.Of(changed))
            : TypedResults.Problem(refusal, statusCode: StatusCodes.Status409Conflict);
    }

    private static Task<ReplaySession?> FindAsync(IReplayStore sessions, ReplaySessionId id, CancellationToken cancellationToken)
    {
        Tag(id.Value);
        return sessions.FindAsync(id.Value, cancellationToken);
    }

    /// <summary>Puts the session on the request's span, so that a trace is found by it.</summary>
    private static void Tag(Guid id) => Activity.Current?.SetTag(SpanAttributes.ReplaySessionId, id.ToString());
}
