namespace Integr8sCode.Replays;

internal static class ReplayRegistration
{
    public const string Role = "event-replay";

    public static void AddEventReplay(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ReplayOptions>()
            .BindConfiguration(ReplayOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddReplayPublishing();
        builder.Services.AddSingleton<ReplayTarget>();
        builder.Services.AddSingleton<ReplayTakeover>();
        builder.Services.AddSingleton<ReplayWalk>();
        builder.Services.AddSingleton<ReplayRunner>();
        builder.Services.AddHostedService<Replayer>();
    }
}
