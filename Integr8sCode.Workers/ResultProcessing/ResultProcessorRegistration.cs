using Integr8sCode.Events;

namespace Integr8sCode.ResultProcessing;

internal static class ResultProcessorRegistration
{
    public const string Role = "result-processor";

    public static void AddResultProcessor(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ExecutionNotifications>();
        builder.Services.AddEventConsumer<TerminalEventHandler>(Role, Topics.ExecutionEvents);
    }
}
