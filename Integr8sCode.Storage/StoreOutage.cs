using Microsoft.Extensions.Logging;

namespace Integr8sCode.Storage;

/// <summary>Tells of a store that is away once, and once that it is back, however often it is asked meanwhile.</summary>
public sealed partial class StoreOutage(ILogger logger)
{
    private int _isAway;

    public void Goes(StoreUnavailableException exception)
    {
        if (Interlocked.Exchange(ref _isAway, 1) == 0)
        {
            LogAway(exception);
        }
    }

    public void IsOver()
    {
        if (Volatile.Read(ref _isAway) == 1 && Interlocked.Exchange(ref _isAway, 0) == 1)
        {
            LogBack();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The store is not available; going on as soon as it is")]
    private partial void LogAway(Exception exception);

    [LoggerMessage(LogLevel.Information, "The store is available again")]
    private partial void LogBack();
}
