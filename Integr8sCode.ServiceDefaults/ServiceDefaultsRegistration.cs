using Integr8sCode.Configuration;
using Integr8sCode.Exporting;
using Integr8sCode.HealthChecks;
using Integr8sCode.Logging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Integr8sCode;

/// <summary>What each process opts into: traces, metrics, logs, correlation ids and health checks, all configured by environment variables.</summary>
public static class ServiceDefaultsRegistration
{
    /// <summary>Call it first. A wrong OTEL_* value does not throw here; it stops the process at start (<see cref="RunServiceAsync"/>).</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        StartFailure.ExplainUnhandled();
        var settings = new SettingReader(builder.Configuration);
        builder.AddConsoleLogs();
        builder.AddTelemetry(settings);
        builder.AddDefaultHealthChecks();
        builder.Services.AddSingleton<IStartupFilter, OutermostMiddleware>();
        builder.Services.AddSingleton<IValidateOptions<SettingErrors>>(new SettingErrors(settings.Errors));
        builder.Services.AddOptions<SettingErrors>().ValidateOnStart();
        return builder;
    }

    /// <summary>Maps <c>/health</c> (every check) and <c>/alive</c> (the checks tagged "live").</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapProbe("/health", _ => true);
        app.MapProbe("/alive", check => check.Tags.Contains(Probes.Live));
        return app;
    }

    /// <summary>Runs the process. Wrong settings and a taken port end it with a line each on standard error and exit code 1, without a stack trace.</summary>
    public static async Task RunServiceAsync(this WebApplication app)
    {
        // The host validates as well, but logs what it finds with a stack trace.
        app.Services.GetService<IStartupValidator>()?.Validate();
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to stop before it had started, which is no failure: unhandled, it would end the process with SIGABRT.
        }
    }
}
