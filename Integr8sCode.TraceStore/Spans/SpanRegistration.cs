using Microsoft.Extensions.Options;

namespace Integr8sCode.Spans;

internal static class SpanRegistration
{
    public static IServiceCollection AddSpans(this IServiceCollection services)
    {
        services.AddOptions<TraceStoreOptions>().BindConfiguration(TraceStoreOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<TraceStoreOptions>, TracePathCheck>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new ByteBudget(provider.GetRequiredService<IOptions<TraceStoreOptions>>().Value.MaxPendingBytes));
        services.AddSingleton<TraceDatabase>().AddSingleton<TraceWriter>().AddSingleton<TraceReader>();
        services.AddSingleton<TraceSearch>().AddSingleton<ServiceGraph>().AddSingleton<TraceSpans>();
        services.AddSingleton<Retention>().AddHostedService(provider => provider.GetRequiredService<Retention>());
        services.AddSingleton<SpanQueue>().AddHostedService(provider => provider.GetRequiredService<SpanQueue>());
        return services;
    }
}
