using System.Security.Claims;
using Integr8sCode.Correlation;
using Integr8sCode.Errors;
using Integr8sCode.Executions;
using Integr8sCode.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>What the caller wants to hear of, and how.</summary>
internal static class SubscriptionEndpoints
{
    public static void MapSubscriptions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/notifications/subscriptions").WithTags("Notifications");
        group.MapGet("/", ListAsync).WithName("ListSubscriptions")
            .WithSummary("Subscriptions of the caller; in-app notifications are on by default.");
        group.MapGet("/{channel}", GetAsync).WithName("GetSubscription").WithSummary("The caller's subscription of one channel.");
        group.MapPut("/{channel}", SaveAsync).WithName("SaveSubscription")
            .WithSummary("Subscribes, or replaces the subscription. A webhook's secret is in the answer that made it, and in no other.");
        group.MapDelete("/{channel}", DeleteAsync).WithName("DeleteSubscription")
            .WithSummary("Ends the subscription; of in_app, the default is back.");
        group.MapPost("/{channel}/test", TestAsync).WithName("TestSubscription")
            .WithSummary("Sends a test now, whatever the subscription filters. Its deliveries show what came of it.");
    }

    private static async Task<Ok<SubscriptionList>> ListAsync(
        ClaimsPrincipal user, ISubscriptionStore subscriptions, CancellationToken cancellationToken)
    {
        var stored = await subscriptions.ListAsync(user.Id(), cancellationToken);

        return TypedResults.Ok(new SubscriptionList([.. NotificationSubscription.WithDefault(user.Id(), stored).Select(SubscriptionView.Of)]));
    }

    private static async Task<Results<Ok<SubscriptionView>, NotFound>> GetAsync(
        ChannelName channel, ClaimsPrincipal user, ISubscriptionStore subscriptions, CancellationToken cancellationToken) =>
        await FindAsync(subscriptions, user, channel, cancellationToken) is { } subscription
            ? TypedResults.Ok(SubscriptionView.Of(subscription))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<SubscriptionView>, Created<SubscriptionView>, ProblemHttpResult>> SaveAsync(
        ChannelName channel, SaveSubscription wanted, ClaimsPrincipal user, ISubscriptionStore subscriptions,
        IOptions<DestinationOptions> destinations, TimeProvider clock, CancellationToken cancellationToken)
    {
        while (true)
        {
            var earlier = await subscriptions.FindAsync(user.Id(), channel.Value, cancellationToken);
            var errors = wanted.Validate(channel.Value, earlier, destinations.Value);
            if (errors.Count > 0)
            {
                return Unprocessable.Of(errors);
            }

            // Where another change was faster this one comes after it: a secret that was shown is the one that counts.
            var subscription = wanted.ToSubscription(user.Id(), channel.Value, earlier, clock.GetUtcNow());
            if (await subscriptions.SaveAsync(subscription, cancellationToken))
            {
                var view = SubscriptionView.Of(subscription) with { Secret = subscription.Secret == earlier?.Secret ? null : subscription.Secret };

                return earlier is null
                    ? TypedResults.Created($"/api/v1/notifications/subscriptions/{SnakeCase.NameOf(channel.Value)}", view)
                    : TypedResults.Ok(view);
            }
        }
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(
        ChannelName channel, ClaimsPrincipal user, ISubscriptionStore subscriptions, CancellationToken cancellationToken) =>
        await subscriptions.DeleteAsync(user.Id(), channel.Value, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<Results<Accepted<TestedSubscription>, NotFound>> TestAsync(
        ChannelName channel, HttpContext http, ISubscriptionStore subscriptions, INotificationStore notifications, ExecutionJournal journal,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(subscriptions, http.User, channel, cancellationToken) is null)
        {
            return TypedResults.NotFound();
        }

        var test = Notification.Test(http.User.Id(), channel.Value, CorrelationId.Of(http), journal.Now);
        await notifications.AddAsync([test], cancellationToken);
        var view = NotificationView.Of(test);

        return TypedResults.Accepted(view.Links.Self, new TestedSubscription(view.NotificationId, view.Status, view.Links));
    }

    private static async Task<NotificationSubscription?> FindAsync(
        ISubscriptionStore subscriptions, ClaimsPrincipal user, ChannelName channel, CancellationToken cancellationToken) =>
        await subscriptions.FindAsync(user.Id(), channel.Value, cancellationToken)
        ?? (channel.Value is NotificationChannel.InApp ? NotificationSubscription.DefaultOf(user.Id()) : null);
}
