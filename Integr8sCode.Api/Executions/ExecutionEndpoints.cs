using System.Diagnostics;
using System.Security.Claims;
using Integr8sCode.Correlation;
using Integr8sCode.Events;
using Integr8sCode.RateLimits;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Executions;

/// <summary>Executions, seen by their owner or an admin. Somebody else's is answered like one that does not exist.</summary>
internal static class ExecutionEndpoints
{
    public static void MapExecutions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/execute", SubmissionEndpoint.SubmitAsync).WithTags("Executions").ExcludeFromDescription()
            .InRateLimitGroup(RateLimitGroups.Execution)
            .AddEndpointFilter<BacklogFilter>();
        routes.MapPost("/api/v1/execute", SubmissionEndpoint.SubmitAsync).WithTags("Executions").WithName("Execute")
            .InRateLimitGroup(RateLimitGroups.Execution)
            .AddEndpointFilter<BacklogFilter>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Accepts a script. It is durable when this answers 202.");

        var group = routes.MapGroup("/api/v1/executions").WithTags("Executions");
        group.MapGet("/", ListAsync).WithName("ListExecutions").WithSummary("Executions of the caller, newest first.");
        group.MapGet("/{id}", GetAsync).WithName("GetExecution").WithSummary("One execution with its output.")
            .InRateLimitGroup(RateLimitGroups.Result);
        group.MapGet("/{id}/events", ListEventsAsync).WithName("ListExecutionEvents").WithSummary("What happened, in order.")
            .InRateLimitGroup(RateLimitGroups.Result);
        group.MapGet("/{id}/stream", StreamEndpoint.StreamAsync).WithName("StreamExecution")
            .InRateLimitGroup(RateLimitGroups.Stream)
            .WithSummary("What happens, as it happens: state, every event, output, result, end.")
            .WithDescription("Server-sent events. Opened late it tells the same; Last-Event-ID resumes exactly, on any replica.");
        group.MapPost("/{id}/cancel", CancelAsync).WithName("CancelExecution")
            .WithSummary("Cancels at once what does not run yet, and asks the worker to kill what runs.");
        group.MapPost("/{id}/retry", RetryAsync).WithName("RetryExecution").WithSummary("Runs an ended execution's script once more.")
            .InRateLimitGroup(RateLimitGroups.Execution)
            .AddEndpointFilter<BacklogFilter>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Ok<ExecutionPage>, ValidationProblem>> ListAsync(
        [AsParameters] ExecutionQuery query, ClaimsPrincipal user, IExecutionStore executions, ExecutionLinker linker,
        CancellationToken cancellationToken)
    {
        var errors = query.Validate(out var filter);
        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var found = await executions.ListAsync(filter with { UserId = user.Id(), Limit = filter.Limit + 1 }, cancellationToken);
        var page = found.Take(filter.Limit).ToList();

        return TypedResults.Ok(new ExecutionPage(
            [.. page.Select(execution => ExecutionView.Of(execution, linker.LinksOf(execution)))],
            found.Count > page.Count ? page[^1].Id.ToString() : null));
    }

    private static async Task<Results<Ok<ExecutionView>, NotFound, ValidationProblem>> GetAsync(
        ExecutionId id, ClaimsPrincipal user, IExecutionStore executions, ExecutionLinker linker, CancellationToken cancellationToken)
    {
        if (await executions.FindVisibleAsync(id, user, cancellationToken) is not { } execution)
        {
            return TypedResults.NotFound();
        }

        return TypedResults.Ok(await executions.ShowAsync(execution, linker, cancellationToken));
    }

    private static async Task<Results<Ok<EventList>, NotFound>> ListEventsAsync(
        ExecutionId id, ClaimsPrincipal user, IExecutionStore executions, IEventStore events, CancellationToken cancellationToken) =>
        await executions.FindVisibleAsync(id, user, cancellationToken) is { } execution
            ? TypedResults.Ok(new EventList(await events.ListAsync(execution.Id, cancellationToken), NextCursor: null))
            : TypedResults.NotFound();

    public static async Task<Results<Ok<ExecutionView>, Accepted<ExecutionView>, NotFound, ProblemHttpResult>> CancelAsync(
        ExecutionId id, ClaimsPrincipal user, IExecutionStore executions, IEventStore events, ExecutionJournal journal, ExecutionLinker linker,
        CancellationToken cancellationToken)
    {
        if (await executions.FindVisibleAsync(id, user, cancellationToken) is not { } execution)
        {
            return TypedResults.NotFound();
        }

        // What follows belongs to the execution's trace, wherever the cancelling comes from; this request links to it.
        var context = await events.FindRequestContextAsync(execution.Id, cancellationToken);
        if (context != default)
        {
            Activity.Current?.AddLink(new(context));
        }
        var cancelled = await journal.ChangeAsync(execution, e => e.Cancel(user.Id(), journal.Under(context)), cancellationToken);
        var current = cancelled ?? await executions.FindAsync(execution.Id, cancellationToken) ?? execution;
        var view = ExecutionView.Of(current, linker.LinksOf(current));

        return current.State switch
        {
            { IsTerminal: false } => TypedResults.Accepted(view.Links.Self, view),
            _ when cancelled is not null => TypedResults.Ok(view),
            _ => TypedResults.Problem($"The execution has ended: {SnakeCase.NameOf(view.Status)}.", statusCode: StatusCodes.Status409Conflict),
        };
    }

    private static async Task<Results<Accepted<AcceptedExecutionView>, NotFound, ProblemHttpResult>> RetryAsync(
        ExecutionId id, HttpContext http, ClaimsPrincipal user, IExecutionStore executions, ExecutionJournal journal,
        ExecutionLinker linker, CancellationToken cancellationToken)
    {
        if (await executions.FindVisibleAsync(id, user, cancellationToken) is not { } execution)
        {
            return TypedResults.NotFound();
        }

        if (!execution.State.IsTerminal)
        {
            return TypedResults.Problem(
                $"The execution has not ended: {SnakeCase.NameOf(execution.State.Status)}.", statusCode: StatusCodes.Status409Conflict);
        }

        var retry = await journal.AcceptAsync(
            new(Guid.CreateVersion7(), execution.UserId, CorrelationId.Of(http), execution.Request, RetryOf: execution.Id), cancellationToken);

        return SubmissionEndpoint.Accepted(retry, linker);
    }

    /// <returns>The execution with its script and, once it has ended, its output.</returns>
    public static async Task<ExecutionView> ShowAsync(
        this IExecutionStore executions, Execution execution, ExecutionLinker linker, CancellationToken cancellationToken)
    {
        var output = execution.State.IsTerminal ? await executions.FindOutputAsync(execution.Id, cancellationToken) : null;

        return ExecutionView.Of(execution, linker.LinksOf(execution)).With(execution, output);
    }

    public static async Task<Execution?> FindVisibleAsync(
        this IExecutionStore executions, ExecutionId id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        SpanTags.Of(id.Value);
        var execution = await executions.FindAsync(id.Value, cancellationToken);

        return execution is not null && (user.IsAdmin() || execution.UserId == user.Id()) ? execution : null;
    }
}
