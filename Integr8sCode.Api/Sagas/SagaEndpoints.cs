using System.Security.Claims;
using Integr8sCode.Executions;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Sagas;

/// <summary>Sagas, seen by the owner of their execution or an admin. Somebody else's is answered like one that does not exist.</summary>
internal static class SagaEndpoints
{
    public static void MapSagas(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/sagas").WithTags("Sagas");
        group.MapGet("/", ListAsync).WithName("ListSagas").WithSummary("Sagas of the caller's executions, or of all for admins; newest first.");
        group.MapGet("/{id}", GetAsync).WithName("GetSaga").WithSummary("One saga: its step, and what was done and undone.");
        group.MapPost("/{id}/cancel", ExecutionEndpoints.CancelAsync).WithName("CancelSaga").WithSummary("Cancels the saga's execution.");
        routes.MapGet("/api/v1/executions/{id}/saga", GetAsync).WithTags("Sagas").WithName("GetExecutionSaga")
            .WithSummary("The saga of an execution.");
    }

    private static async Task<Results<Ok<SagaPage>, ValidationProblem>> ListAsync(
        [AsParameters] SagaQuery query, ClaimsPrincipal user, ISagaStore sagas, CancellationToken cancellationToken)
    {
        var errors = query.Validate(out var filter);
        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var owner = user.IsAdmin() ? null : user.Id();
        var found = await sagas.ListAsync(filter with { UserId = owner, Limit = filter.Limit + 1 }, cancellationToken);
        var page = found.Take(filter.Limit).ToList();

        return TypedResults.Ok(new SagaPage([.. page.Select(SagaView.Of)], found.Count > page.Count ? page[^1].Id.ToString() : null));
    }

    private static async Task<Results<Ok<SagaView>, NotFound>> GetAsync(
        ExecutionId id, ClaimsPrincipal user, ISagaStore sagas, CancellationToken cancellationToken)
    {
        SpanTags.Of(id.Value);
        var saga = await sagas.FindAsync(id.Value, cancellationToken);

        return saga is not null && (user.IsAdmin() || saga.UserId == user.Id()) ? TypedResults.Ok(SagaView.Of(saga)) : TypedResults.NotFound();
    }
}
