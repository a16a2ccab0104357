using System.Diagnostics;
using System.Reflection;
using Integr8sCode.Configuration;
using Integr8sCode.Sampling;
using Integr8sCode.TraceKeeping;
using Integr8sCode.Tracing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Integr8sCode.Exporting;

internal static class TelemetryRegistration
{
    /// <summary>The name of our ActivitySource and of our Meter.</summary>
    private const string Own = "Integr8sCode";

    public static void AddTelemetry(this IHostApplicationBuilder builder, SettingReader settings)
    {
        settings.CheckSdkVariables();
        var telemetry = new TelemetryBuilder(builder.Services);
        telemetry.ConfigureResource(resource => resource.Describe(builder.Environment.ApplicationName));
        telemetry.AddTraces(settings);
        telemetry.AddMetrics(settings);
        telemetry.AddLogs(settings);
        builder.Services.AddHostedService<TelemetryLifetime>();
    }

    private static void AddTraces(this TelemetryBuilder telemetry, SettingReader settings)
    {
        // .NET 10 keeps the HTTP attributes of its own server spans back, and the sampler needs url.path to leave health probes out.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        var sampler = Samplers.Read(settings);
        telemetry.Services.AddSingleton(sampler.Ratio);
        if (sampler.Operations is { } operations) telemetry.Services.AddAdaptiveSampling(operations);
        var sinks = settings.ReadSinks("traces");
        var keeper = settings.ReadTraceKeeper(sampler, sinks);
        if (keeper is not null) telemetry.Services.AddSingleton(keeper);
        telemetry.WithTracing(tracing =>
        {
            tracing.SetSampler(sampler.Build(keeper?.Kept)).AddSource(Own, "Microsoft.AspNetCore", "MongoDB.Driver").AddHttpClientSpans();
            tracing.AddProcessor(new ServerTraceStateProcessor());
            if (keeper is not null) tracing.AddProcessor(services => services.CreateSpanRing(keeper, sinks));
            else if (sinks.Count > 0) tracing.AddProcessor(services => new CompositeProcessor<Activity>(services.CreateSpanExports(sinks)));
        });
    }

    private static void AddMetrics(this TelemetryBuilder telemetry, SettingReader settings)
    {
        var sinks = settings.ReadSinks("metrics");
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Own, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime");
            foreach (var sink in sinks) metrics.AddOtlpExporter(sink.Name, sink.Apply);
        });
    }

    private static void AddLogs(this TelemetryBuilder telemetry, SettingReader settings)
    {
        var sinks = settings.ReadSinks("logs");
        if (sinks.Count == 0) return; // a logger provider without a sink would still format every message
        telemetry.WithLogging(
            logging =>
            {
                foreach (var sink in sinks) logging.AddOtlpExporter(sink.Name, sink.Apply);
            },
            options =>
            {
                options.IncludeScopes = true;
                options.IncludeFormattedMessage = true;
            });
    }

    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come last, because the last one wins.
    private static void Describe(this ResourceBuilder resource, string applicationName) =>
        resource.Clear()
            .AddService(applicationName, serviceVersion: Version())
            .AddAttributes([new("host.name", Environment.MachineName)])
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();

    private static string? Version() =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
