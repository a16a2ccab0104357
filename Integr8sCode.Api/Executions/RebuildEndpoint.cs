using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Integr8sCode.Executions;

/// <summary>Rebuilding executions from their events, for admins; <c>Integr8sCode.Workers rebuild</c> does the same from a shell.</summary>
internal static class RebuildEndpoint
{
    public static void MapRebuild(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/admin/executions/rebuild", RebuildAsync).WithTags("Executions").WithName("RebuildExecutions")
            .WithSummary("Makes the executions what their events say, and tells where they differed.")
            .RequireAdmin();

    /// <param name="dryRun">Tells, and changes nothing.</param>
    private static async Task<Ok<RebuildReport>> RebuildAsync(
        [FromQuery(Name = "dry_run")] bool? dryRun, IExecutionStore executions, Events.IEventStore events, CancellationToken cancellationToken)
    {
        System.Diagnostics.Activity.Current = null; // thousands of reads are no trace that anybody looks at
        return TypedResults.Ok(await new ExecutionRebuild(executions, events).RunAsync(dryRun is true, cancellationToken));
    }
}
