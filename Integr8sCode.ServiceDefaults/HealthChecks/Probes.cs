using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Integr8sCode.HealthChecks;

internal static class Probes
{
    /// <summary>Tag of the checks that say whether the process itself works, whatever its dependencies do.</summary>
    public const string Live = "live";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    public static void AddDefaultHealthChecks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy("The process answers."), [Live]);
        builder.Services.PostConfigure<HealthCheckServiceOptions>(BoundEachCheck);
    }

    /// <summary>Maps a probe past authentication, rate limits and HTTP metrics.</summary>
    public static void MapProbe(this IEndpointRouteBuilder routes, string path, Func<HealthCheckRegistration, bool> predicate) =>
        routes.MapHealthChecks(path, new HealthCheckOptions { Predicate = predicate, ResponseWriter = HealthReportBody.WriteAsync })
            .ShortCircuit()
            .DisableHttpMetrics();

    private static void BoundEachCheck(HealthCheckServiceOptions options)
    {
        foreach (var check in options.Registrations)
        {
            if (check.Timeout == Timeout.InfiniteTimeSpan) check.Timeout = DefaultTimeout;
        }
    }
}
