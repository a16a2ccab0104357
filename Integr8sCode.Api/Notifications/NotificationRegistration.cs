namespace Integr8sCode.Notifications;

internal static class NotificationRegistration
{
    public static void AddNotifications(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DestinationOptions>().BindConfiguration(DestinationOptions.Section);
        builder.Services.AddSingleton<NotificationWatcher>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<NotificationWatcher>());
        builder.Services.AddSingleton<NotificationStream>();
    }
}
