using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Integr8sCode.Settings;

public static class SettingsRegistration
{
    /// <summary>Keeps <see cref="CurrentSettings"/> current, and tells one end of this process of each change.</summary>
    public static void AddSettings<TEnd>(this IHostApplicationBuilder builder, Action<TEnd, PlatformSettings> apply) where TEnd : class
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new CurrentSettings(settings => apply(services.GetRequiredService<TEnd>(), settings)));
        builder.Services.AddHostedService<SettingsReading>();
        builder.Services.AddHealthChecks().AddCheck<SettingsCheck>("settings");
    }
}
