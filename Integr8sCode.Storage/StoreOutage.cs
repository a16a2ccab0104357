using Microsoft.Extensions.Logging;

namespace Integr8sCode.Storage;

/// <summary>Tells of a store that is away once, and once that it is back, however often it is asked meanwhile.</summary>
/// <param name="meanwhile">What becomes of the asker's work until then, as the second half of a sentence.</param>
public sealed partial class StoreOutage(ILogger logger, string meanwhile)
{
    private int _isAway;

    public void Goes(Exception exception)
    {
        if (Interlocked.Exchange(ref _isAway, 1) == 0)
        {
            LogAway(exception, meanwhile);
        }
    }

    public void IsOver()
    {
        if (Volatile.Read(ref _isAway) == 1 && Interlocked.Exchange(ref _isAway, 0) == 1)
        {
            LogBack();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The store is not available: {Meanwhile}")]
    private partial void LogAway(Exception exception, string meanwhile);

    [LoggerMessage(LogLevel.Information, "The store is available again")]
    private partial void LogBack();
}
