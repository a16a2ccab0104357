using Integr8sCode.Sandboxing.Languages;

namespace Integr8sCode.Sandboxing;

internal static class SandboxRegistration
{
    /// <summary>
    /// Adds the sandbox: <see cref="LanguageCatalog"/>, <see cref="SandboxPool"/> (which prepares itself in the background when the host starts)
    /// and the health check <c>sandbox</c>.
    /// </summary>
    public static IServiceCollection AddSandbox(this IServiceCollection services)
    {
        services.AddOptions<SandboxOptions>()
            .BindConfiguration(SandboxOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<LanguageCatalog>();
        services.AddSingleton<SandboxPool>();
        services.AddHostedService(provider => provider.GetRequiredService<SandboxPool>());
        services.AddHealthChecks().AddCheck<SandboxHealthCheck>("sandbox");
        return services;
    }
}
