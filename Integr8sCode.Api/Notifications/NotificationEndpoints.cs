using System.Security.Claims;
using Integr8sCode.RateLimits;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Integr8sCode.Notifications;

/// <summary>The caller's notifications. Somebody else's is answered like one that does not exist.</summary>
internal static class NotificationEndpoints
{
    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/notifications").WithTags("Notifications");
        group.MapGet("/", ListAsync).WithName("ListNotifications").WithSummary("Notifications of the caller, newest first.");
        group.MapGet("/unread-count", CountUnreadAsync).WithName("CountUnreadNotifications")
            .WithSummary("How many in-app notifications the caller has not read.");
        group.MapGet("/stream", NotificationStreamEndpoint.Stream).WithName("StreamNotifications")
            .InRateLimitGroup(RateLimitGroups.Stream)
            .WithSummary("In-app notifications of the caller, as they come.")
            .WithDescription("Server-sent events: how many are unread, then each notification. Last-Event-ID resumes exactly, on any replica.");
        group.MapPost("/read-all", ReadAllAsync).WithName("ReadAllNotifications").WithSummary("Reads all in-app notifications of the caller.");
        group.MapGet("/{id}", GetAsync).WithName("GetNotification").WithSummary("One notification.");
        group.MapGet("/{id}/deliveries", ListDeliveriesAsync).WithName("ListNotificationDeliveries")
            .WithSummary("Every attempt to deliver it, and what came of each.");
        group.MapPost("/{id}/read", ReadAsync).WithName("ReadNotification").WithSummary("Reads a delivered notification; once more is no error.");
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteNotification")
            .WithSummary("Forgets it; what was not sent yet will not be sent.");
    }

    private static async Task<Results<Ok<NotificationPage>, ValidationProblem>> ListAsync(
        [AsParameters] NotificationQuery query, ClaimsPrincipal user, INotificationStore notifications, CancellationToken cancellationToken)
    {
        var errors = query.Validate(user.Id(), out var filter);
        if (errors.Count > 0)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var found = await notifications.ListAsync(filter with { Limit = filter.Limit + 1 }, cancellationToken);
        var page = found.Take(filter.Limit).ToList();

        return TypedResults.Ok(new NotificationPage(
            [.. page.Select(NotificationView.Of)], found.Count > page.Count ? NotificationCursor.Of(page[^1]).ToString() : null));
    }

    private static async Task<Ok<UnreadCount>> CountUnreadAsync(
        ClaimsPrincipal user, INotificationStore notifications, CancellationToken cancellationToken) =>
        TypedResults.Ok(new UnreadCount(await notifications.CountUnreadAsync(user.Id(), cancellationToken)));

    private static async Task<Ok<ReadNotifications>> ReadAllAsync(
        ClaimsPrincipal user, INotificationStore notifications, TimeProvider clock, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ReadNotifications(await notifications.ReadAllAsync(user.Id(), clock.GetUtcNow(), cancellationToken)));

    private static async Task<Results<Ok<NotificationView>, NotFound>> GetAsync(
        NotificationId id, ClaimsPrincipal user, INotificationStore notifications, CancellationToken cancellationToken) =>
        await notifications.FindVisibleAsync(id, user, cancellationToken) is { } notification
            ? TypedResults.Ok(NotificationView.Of(notification))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<DeliveryList>, NotFound>> ListDeliveriesAsync(
        NotificationId id, ClaimsPrincipal user, INotificationStore notifications, CancellationToken cancellationToken)
    {
        if (await notifications.FindVisibleAsync(id, user, cancellationToken) is not { } notification)
        {
            return TypedResults.NotFound();
        }

        var view = NotificationView.Of(notification);
        return TypedResults.Ok(new DeliveryList(notification.Id, view.Status, view.Reason, view.NextAttemptAt, notification.Attempts));
    }

    private static async Task<Results<Ok<NotificationView>, NotFound, ProblemHttpResult>> ReadAsync(
        NotificationId id, ClaimsPrincipal user, INotificationStore notifications, TimeProvider clock, CancellationToken cancellationToken)
    {
        while (await notifications.FindVisibleAsync(id, user, cancellationToken) is { } notification)
        {
            if (notification.Status is NotificationStatus.Read)
            {
                return TypedResults.Ok(NotificationView.Of(notification));
            }

            if (notification.Read(clock.GetUtcNow()) is not { } read)
            {
                return TypedResults.Problem(
                    $"Only what was delivered can be read; this one is {SnakeCase.NameOf(notification.Status)}.", statusCode: StatusCodes.Status409Conflict);
            }

            if (await notifications.SaveAsync(read, cancellationToken))
            {
                return TypedResults.Ok(NotificationView.Of(read));
            }
        }

        return TypedResults.NotFound();
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(
        NotificationId id, ClaimsPrincipal user, INotificationStore notifications, CancellationToken cancellationToken) =>
        await notifications.FindVisibleAsync(id, user, cancellationToken) is { } notification
            && await notifications.DeleteAsync(notification.UserId, notification.Id, cancellationToken)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();

    private static async Task<Notification?> FindVisibleAsync(
        this INotificationStore notifications, NotificationId id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var notification = await notifications.FindAsync(id.Value, cancellationToken);

        return notification is not null && (user.IsAdmin() || notification.UserId == user.Id()) ? notification : null;
    }
}
