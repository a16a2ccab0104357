using Integr8sCode.Infrastructure;

namespace Integr8sCode.Users;

/// <summary>
/// What every route of the API expects of its caller: a line each. One that is missing here fails <see cref="AuthorizationTableTests"/>.
/// An <see cref="RouteAccess.Owned"/> route also says how its owner comes to something that its path can name.
/// </summary>
internal static class AuthorizationTable
{
    public static IReadOnlyList<AuthorizedRoute> Routes { get; } =
    [
        new("POST /api/v1/execute", RouteAccess.SignedIn),
        new("GET /api/v1/executions", RouteAccess.SignedIn),
        new("GET /api/v1/executions/{id}", RouteAccess.Owned, ExecutionAsync),
        new("GET /api/v1/executions/{id}/events", RouteAccess.Owned, ExecutionAsync),
        new("GET /api/v1/executions/{id}/stream", RouteAccess.Owned, ExecutionAsync),
        new("GET /api/v1/executions/{id}/trace", RouteAccess.Owned, TracedExecutionAsync),
        new("POST /api/v1/executions/{id}/cancel", RouteAccess.Owned, ExecutionAsync),
        new("POST /api/v1/executions/{id}/retry", RouteAccess.Owned, ExecutionAsync),
        new("GET /api/v1/admin/dead-letters", RouteAccess.Admin),
        new("GET /api/v1/admin/dead-letters/{id}", RouteAccess.Admin),
        new("POST /api/v1/admin/dead-letters/{id}/retry", RouteAccess.Admin),
        new("POST /api/v1/admin/dead-letters/{id}/edit-and-retry", RouteAccess.Admin),
        new("POST /api/v1/admin/dead-letters/{id}/discard", RouteAccess.Admin),
        new("POST /api/v1/admin/dead-letters/{id}/archive", RouteAccess.Admin),
        new("GET /api/v1/admin/dead-letters/stats", RouteAccess.Admin),
        new("GET /api/v1/admin/dead-letters/topics", RouteAccess.Admin),
        new("GET /api/v1/admin/dead-letters/groups", RouteAccess.Admin),
        new("POST /api/v1/admin/dead-letters/retries", RouteAccess.Admin),
        new("GET /api/v1/admin/dead-letters/retries/{id}", RouteAccess.Admin),
        new("GET /api/v1/admin/dead-letters/policies", RouteAccess.Admin),
        new("GET /api/v1/admin/dead-letters/policies/{topic}", RouteAccess.Admin),
        new("PUT /api/v1/admin/dead-letters/policies/{topic}", RouteAccess.Admin),
        new("GET /api/v1/events", RouteAccess.SignedIn),
        new("GET /api/v1/events/statistics", RouteAccess.SignedIn),
        new("GET /api/v1/events/{id}", RouteAccess.Owned, EventAsync),
        new("GET /api/v1/admin/events", RouteAccess.Admin),
        new("GET /api/v1/admin/events/statistics", RouteAccess.Admin),
        new("GET /api/v1/admin/events/export", RouteAccess.Admin),
        new("GET /api/v1/executions/{id}/saga", RouteAccess.Owned, SagaAsync),
        new("GET /api/v1/sagas", RouteAccess.SignedIn),
        new("GET /api/v1/sagas/{id}", RouteAccess.Owned, SagaAsync),
        new("POST /api/v1/sagas/{id}/cancel", RouteAccess.Owned, SagaAsync),
        new("GET /api/v1/languages", RouteAccess.Open),
        new("GET /api/v1/notifications", RouteAccess.SignedIn),
        new("GET /api/v1/notifications/unread-count", RouteAccess.SignedIn),
        new("GET /api/v1/notifications/stream", RouteAccess.SignedIn),
        new("POST /api/v1/notifications/read-all", RouteAccess.SignedIn),
        new("GET /api/v1/notifications/{id}", RouteAccess.Owned, NotificationAsync),
        new("DELETE /api/v1/notifications/{id}", RouteAccess.Owned, NotificationAsync),
        new("GET /api/v1/notifications/{id}/deliveries", RouteAccess.Owned, NotificationAsync),
        new("POST /api/v1/notifications/{id}/read", RouteAccess.Owned, NotificationAsync),
        new("GET /api/v1/notifications/subscriptions", RouteAccess.SignedIn),
        new("GET /api/v1/notifications/subscriptions/{channel}", RouteAccess.SignedIn),
        new("PUT /api/v1/notifications/subscriptions/{channel}", RouteAccess.SignedIn),
        new("DELETE /api/v1/notifications/subscriptions/{channel}", RouteAccess.SignedIn),
        new("POST /api/v1/notifications/subscriptions/{channel}/test", RouteAccess.SignedIn),
        new("GET /api/v1/traces/summary", RouteAccess.Admin),
        new("POST /api/v1/admin/executions/rebuild", RouteAccess.Admin),
        new("GET /api/v1/admin/replays", RouteAccess.Admin),
        new("POST /api/v1/admin/replays", RouteAccess.Admin),
        new("GET /api/v1/admin/replays/{id}", RouteAccess.Admin),
        new("DELETE /api/v1/admin/replays/{id}", RouteAccess.Admin),
        new("GET /api/v1/admin/replays/{id}/progress", RouteAccess.Admin),
        new("POST /api/v1/admin/replays/{id}/start", RouteAccess.Admin),
        new("POST /api/v1/admin/replays/{id}/pause", RouteAccess.Admin),
        new("POST /api/v1/admin/replays/{id}/resume", RouteAccess.Admin),
        new("POST /api/v1/admin/replays/{id}/cancel", RouteAccess.Admin),
        new("GET /api/v1/admin/rate-limits", RouteAccess.Admin),
        new("PUT /api/v1/admin/rate-limits", RouteAccess.Admin),
        new("GET /api/v1/admin/users/{id}/rate-limits", RouteAccess.Admin),
        new("PUT /api/v1/admin/users/{id}/rate-limits", RouteAccess.Admin),
        new("POST /api/v1/admin/users/{id}/rate-limits/reset", RouteAccess.Admin),
        new("GET /api/v1/admin/settings", RouteAccess.Admin),
        new("PUT /api/v1/admin/settings", RouteAccess.Admin),
        new("GET /api/v1/users/me", RouteAccess.SignedIn),
        new("GET /api/v1/admin/users", RouteAccess.Admin),
        new("POST /api/v1/admin/users", RouteAccess.Admin),
        new("GET /api/v1/admin/users/{id}", RouteAccess.Admin),
        new("PATCH /api/v1/admin/users/{id}", RouteAccess.Admin),
        new("DELETE /api/v1/admin/users/{id}", RouteAccess.Admin),
        new("GET /api/v1/admin/users/{id}/keys", RouteAccess.Admin),
        new("POST /api/v1/admin/users/{id}/keys", RouteAccess.Admin),
        new("DELETE /api/v1/admin/users/{id}/keys/{key_id}", RouteAccess.Admin),
        new("POST /api/v1/admin/users/{id}/keys/{key_id}/rotate", RouteAccess.Admin),
    ];

    private static async Task<string> ExecutionAsync(ApiUser owner) => (await owner.SubmitAsync("print(1)")).ToString();

    private static async Task<string> EventAsync(ApiUser owner) =>
        (await owner.GetAsync($"/api/v1/executions/{await ExecutionAsync(owner)}/events"))["items"]![0]!["event_id"]!.ToString();

    private static async Task<string> SagaAsync(ApiUser owner)
    {
        var id = await ExecutionAsync(owner);
        await Eventually.HoldsAsync(async () =>
        {
            using var response = await owner.Http.GetAsync($"/api/v1/sagas/{id}", TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        });
        return id;
    }

    private static async Task<string> TracedExecutionAsync(ApiUser owner)
    {
        var id = await ExecutionAsync(owner);
        await Eventually.HoldsAsync(async () =>
        {
            using var response = await owner.Http.GetAsync($"/api/v1/executions/{id}/trace", TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        });
        return id;
    }

    private static async Task<string> NotificationAsync(ApiUser owner)
    {
        using var response = await owner.PostAsync("/api/v1/notifications/subscriptions/in_app/test");
        return (await ApiUser.ReadAsync(response))["notification_id"]!.GetValue<string>();
    }
}
