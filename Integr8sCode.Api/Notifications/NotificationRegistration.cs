namespace Integr8sCode.Notifications;

internal static class NotificationRegistration
{
    public static void AddNotifications(this WebApplicationBuilder builder) =>
        builder.Services.AddOptions<DestinationOptions>().BindConfiguration(DestinationOptions.Section);
}
