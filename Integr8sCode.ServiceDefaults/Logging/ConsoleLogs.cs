using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Logging;

internal static class ConsoleLogs
{
    public static void AddConsoleLogs(this IHostApplicationBuilder builder)
    {
        var formatter = builder.Environment.IsDevelopment() ? LineFormatter.FormatterName : JsonFormatter.FormatterName;
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.ConfigureFirst<LoggerFilterOptions>(KeepFrameworkQuiet);
        builder.Services.ConfigureFirst<ConsoleLoggerOptions>(console => console.FormatterName = formatter);
        builder.Logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddConsoleFormatter<JsonFormatter, ConsoleFormatterOptions>();
    }

    private static void KeepFrameworkQuiet(LoggerFilterOptions filter) => filter
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
        .AddFilter("System.Net.Http.HttpClient", LogLevel.Warning)
        // One line for every failing probe; whoever probes reads the answer, and what is broken logs for itself.
        .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);

    // The host has bound Logging:* already, and the last one wins: these are only what holds when the configuration is silent.
    private static void ConfigureFirst<TOptions>(this IServiceCollection services, Action<TOptions> configure) where TOptions : class =>
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<TOptions>>(new ConfigureOptions<TOptions>(configure)));
}
