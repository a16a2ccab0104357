namespace Integr8sCode.Streaming;

internal static class StreamRegistration
{
    public static void AddStreams(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<StreamOptions>()
            .BindConfiguration(StreamOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<StreamSlots>();
    }
}
