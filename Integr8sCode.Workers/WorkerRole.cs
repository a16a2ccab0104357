using Integr8sCode.DeadLetters;
using Integr8sCode.Executions;
using Integr8sCode.Notifications;
using Integr8sCode.Replays;
using Integr8sCode.ResultProcessing;
using Integr8sCode.Sagas;

namespace Integr8sCode;

/// <summary>One program, one role a process: <c>Worker:Role</c> says which.</summary>
internal static class WorkerRole
{
    public const string Setting = "Worker:Role";

    private static readonly Dictionary<string, Action<WebApplicationBuilder>> Roles = new()
    {
        [SagaRegistration.Role] = SagaRegistration.AddSagaOrchestrator,
        [ExecutionRegistration.Role] = ExecutionRegistration.AddExecutionWorker,
        [ResultProcessorRegistration.Role] = ResultProcessorRegistration.AddResultProcessor,
        [DeadLetterRegistration.Role] = DeadLetterRegistration.AddDeadLetterProcessor,
        [ReplayRegistration.Role] = ReplayRegistration.AddEventReplay,
        [NotificationRegistration.Role] = NotificationRegistration.AddNotificationService,
    };

    public static void AddRole(this WebApplicationBuilder builder)
    {
        var role = builder.Configuration[Setting];
        if (role is not null && Roles.TryGetValue(role, out var add))
        {
            add(builder);
            return;
        }

        builder.Services.AddOptions<WorkerRoleOptions>()
            .Validate(_ => false, $"{Setting} is '{role}'; it must be one of {string.Join(", ", Roles.Keys)}.")
            .ValidateOnStart();
    }

    private sealed class WorkerRoleOptions;
}
