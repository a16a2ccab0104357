using Integr8sCode.Events;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Integr8sCode.Executions;

public static class ExecutionJournalRegistration
{
    /// <summary>
    /// Registers the journal, which signs events with <c>OTEL_SERVICE_NAME</c>, else with the application's name, and the drive of what a
    /// broker has forgotten. Needs <see cref="KafkaRegistration.AddKafka"/> and <see cref="IExecutionStore"/>.
    /// </summary>
    public static IServiceCollection AddExecutionJournal(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new ServiceName(
            provider.GetRequiredService<IConfiguration>()["OTEL_SERVICE_NAME"] is { Length: > 0 } name
                ? name
                : provider.GetRequiredService<IHostEnvironment>().ApplicationName));
        services.TryAddSingleton<ExecutionJournal>();
        services.TryAddSingleton<LastEvents>();
        services.AddHostedService<ForgottenMessages>();

        return services;
    }
}
