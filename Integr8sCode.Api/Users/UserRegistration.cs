using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Integr8sCode.Users;

internal static class UserRegistration
{
    private const int RememberedKeys = 10_000;

    public static void AddUsers(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ApiKeySeedOptions>()
            .BindConfiguration(ApiKeySeedOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddMemoryCache(cache => cache.SizeLimit = RememberedKeys);
        builder.Services.AddSingleton<ApiKeyDirectory>();
        builder.Services.AddHostedService<ApiKeySeeding>();

        builder.Services.AddAuthentication(ApiKeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, configureOptions: null);
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
