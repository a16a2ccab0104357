using Microsoft.Extensions.Logging;

namespace Integr8sCode.Events;

/// <summary>Ties every log line about an event to its request and its execution.</summary>
internal static class MessageScope
{
    public static IDisposable? Begin(ILogger logger, Event? message) => message is null ? null : logger.BeginScope(
        new KeyValuePair<string, object?>[] { new("correlation_id", message.CorrelationId), new("execution_id", ExecutionOf(message)) });

    // A test notification is about none.
    private static Guid? ExecutionOf(Event message) => message.ExecutionId == Guid.Empty ? null : message.ExecutionId;
}
