using Integr8sCode.Events;

namespace Integr8sCode.Notifications;

internal static class NotificationRegistration
{
    public const string Role = "notification-service";

    /// <remarks>Hosted services stop in reverse: the calls under way end while the store is still there to note how.</remarks>
    public static void AddNotificationService(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DestinationOptions>().BindConfiguration(DestinationOptions.Section);
        builder.Services.AddOptions<NotificationOptions>()
            .BindConfiguration(NotificationOptions.Section)
            .Configure<IConfiguration>((options, configuration) => options.TracesUrl = configuration["Traces:Url"])
            .ValidateDataAnnotations()
            .Validate(options => options.Lease > options.Timeout, "Notifications:Lease must be longer than Notifications:Timeout.")
            .ValidateOnStart();

        builder.Services.AddSingleton<GuardedConnection>();
        builder.Services.AddSingleton<OutboundHttp>();
        builder.Services.AddSingleton<NotificationMessages>();
        builder.Services.AddSingleton<NotificationSender>();
        builder.Services.AddSingleton<NotificationMetrics>();
        builder.Services.AddSingleton<DeliveryDecision>();
        builder.Services.AddSingleton<NotificationDelivery>();
        builder.Services.AddSingleton<DueNotifications>();
        builder.Services.AddEventConsumer<NotificationHandler>(Role, Topics.NotificationEvents);
        builder.Services.AddHostedService<DuePoll>();
        builder.Services.AddHostedService<NotificationDispatcher>();
        builder.Services.AddHostedService<NotificationPruning>();
    }
}
