using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Integr8sCode.RateLimits;

internal static class RateLimitRegistration
{
    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RateLimitOptions>()
            .BindConfiguration(RateLimitOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddOptions<ProxyOptions>()
            .BindConfiguration(ProxyOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>(Trust);
        builder.Services.AddSingleton<RateLimitDirectory>();
        builder.Services.AddSingleton<RateLimitMetrics>();
        builder.Services.AddSingleton<RateLimiter>();
    }

    /// <summary>Takes the word of configured proxies for where a request comes from; call it before whatever asks that.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        // Without a list of proxies the middleware would believe everybody.
        if (app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.Trusted.Count > 0)
        {
            app.UseForwardedHeaders();
        }
    }

    /// <summary>Call it after authentication and authorization: who may not call a route at all is not counted.</summary>
    public static void UseRateLimits(this WebApplication app) => app.UseMiddleware<RateLimitMiddleware>();

    private static void Trust(ForwardedHeadersOptions headers, IOptions<ProxyOptions> options)
    {
        headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
        headers.ForwardLimit = null; // back to the first address that is not a proxy of ours
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var proxy in options.Value.Trusted)
        {
            if (IPAddress.TryParse(proxy, out var address))
            {
                headers.KnownProxies.Add(address);
            }
            else
            {
                headers.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            }
        }
    }
}
