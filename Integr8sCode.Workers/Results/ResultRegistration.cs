using Integr8sCode.Events;

namespace Integr8sCode.Results;

internal static class ResultRegistration
{
    public const string Role = "result-processor";

    public static void AddResultProcessor(this WebApplicationBuilder builder) =>
        builder.Services.AddEventConsumer<TerminalEventHandler>(Role, Topics.ExecutionEvents);
}
