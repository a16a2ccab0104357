using Integr8sCode.Events;
using Integr8sCode.Sandboxing;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Executions;

internal static class ExecutionRegistration
{
    public const string Role = "execution-worker";

    private static readonly TimeSpan ReportMargin = TimeSpan.FromSeconds(5);

    /// <remarks>Hosted services stop in reverse: the dispatcher drains while its sandbox and its consumer are still there.</remarks>
    public static void AddExecutionWorker(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ExecutionOptions>()
            .BindConfiguration(ExecutionOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddOptions<HostOptions>()
            .Configure<IOptions<ExecutionOptions>>((host, options) => host.ShutdownTimeout = options.Value.ShutdownGrace + ReportMargin);

        builder.Services.AddSandbox();
        builder.Services.AddSingleton<Worker>();
        builder.Services.AddSingleton<Doorbell>();
        builder.Services.AddSingleton<RunningExecutions>();
        builder.Services.AddSingleton<ExecutionClaims>();
        builder.Services.AddSingleton<LiveOutputWriter>();
        builder.Services.AddSingleton<ExecutionRunner>();
        builder.Services.AddSingleton<ExecutionMetrics>();
        builder.Services.AddEventConsumer<ExecutionTaskHandler>(Role, Topics.ExecutionTasks);
        builder.Services.AddSingleton<WorkerAnnouncer>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<WorkerAnnouncer>());
        builder.Services.AddHealthChecks().AddCheck<WorkerAnnouncer>("announcement");
        builder.Services.AddHostedService<LeaseKeeper>();
        builder.Services.AddHostedService<ExecutionDispatcher>();
    }
}
