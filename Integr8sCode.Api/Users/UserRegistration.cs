using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Integr8sCode.Users;

internal static class UserRegistration
{
    public static void AddUsers(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ApiKeyOptions>()
            .BindConfiguration(ApiKeyOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<FailedSignIns>();
        builder.Services.AddSingleton<KeyUses>();
        builder.Services.AddSingleton<ApiKeyDirectory>();
        builder.Services.AddSingleton<CallerWatch>();
        builder.Services.AddSingleton<UserRemains>();
        builder.Services.AddHostedService<UserSeeding>();
        builder.Services.AddHostedService(services => services.GetRequiredService<KeyUses>());

        builder.Services.AddAuthentication(ApiKeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, configureOptions: null);
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
