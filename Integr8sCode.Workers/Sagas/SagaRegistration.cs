using Integr8sCode.Events;

namespace Integr8sCode.Sagas;

internal static class SagaRegistration
{
    public const string Role = "saga-orchestrator";

    public static void AddSagaOrchestrator(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SagaOptions>()
            .BindConfiguration(SagaOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<Allocations>();
        builder.Services.AddSingleton<SagaProgress>();
        builder.Services.AddSingleton<ExecutionSaga>();
        builder.Services.AddSingleton<WaitingExecutions>();
        builder.Services.AddSingleton<SagaEnd>();
        builder.Services.AddSingleton<SagaReview>();
        builder.Services.AddSingleton<ExecutionAdoption>();
        builder.Services.AddSingleton<StalledExecutions>();
        builder.Services.AddSingleton<LostWorkers>();
        builder.Services.AddSingleton<OverdueSagas>();
        builder.Services.AddSingleton<Sweep>();
        builder.Services.AddHostedService<Sweeper>();
        builder.Services.AddHostedService<InboxPruning>();
        builder.Services.AddHostedService<OpenExecutionsMetrics>();
        builder.Services.AddEventConsumer<ExecutionSagaHandler>(Role, Topics.ExecutionEvents);
    }
}
