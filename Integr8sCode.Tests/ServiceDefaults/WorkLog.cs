using Microsoft.Extensions.Logging;

namespace Integr8sCode.ServiceDefaults;

internal static partial class WorkLog
{
    [LoggerMessage(LogLevel.Information, "Working")]
    public static partial void LogWorking(this ILogger logger);
}
