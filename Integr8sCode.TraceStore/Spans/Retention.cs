using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Spans;

/// <summary>Drops the oldest traces once the store is too large or they are too old.</summary>
internal sealed partial class Retention(
    TraceDatabase database, IOptions<TraceStoreOptions> options, TimeProvider time, ILogger<Retention> logger) : BackgroundService
{
    private const int TracesPerTransaction = 1000;
    private const double High = 0.95, Low = 0.85;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>Called after every write, and now and then while nothing is written.</summary>
    public void Apply()
    {
        try
        {
            var cut = database.Write(connection => Math.Max(TooOld(connection), TooMany(connection)));
            while (database.Write(connection => Drop(connection, cut)))
            {
            }
        }
        catch (SqliteException exception)
        {
            LogNotDropped(exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        using var stop = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            Apply();
        }
    }

    /// <summary>The number of the first trace that is young enough.</summary>
    private long TooOld(SqliteConnection connection)
    {
        var oldest = (time.GetUtcNow() - options.Value.MaxAge).ToUnixTimeMilliseconds();
        var young = connection.Scalar("SELECT id FROM traces WHERE received >= $0 ORDER BY id LIMIT 1", oldest);
        return young > 0 ? young : connection.Scalar("SELECT max(id) FROM traces") + 1;
    }

    /// <summary>The number of the first trace to keep, as if all took the same room; what that misses the next time gets.</summary>
    private long TooMany(SqliteConnection connection)
    {
        var pages = connection.Scalar("PRAGMA page_count") - connection.Scalar("PRAGMA freelist_count");
        var used = (double)(pages * connection.Scalar("PRAGMA page_size"));
        if (used <= options.Value.MaxBytes * High)
        {
            return 0;
        }

        var first = connection.Scalar("SELECT min(id) FROM traces");
        var count = connection.Scalar("SELECT max(id) FROM traces") - first + 1;
        return first + (long)Math.Ceiling(count * (1 - (options.Value.MaxBytes * Low / used)));
    }

    /// <summary>Drops some traces below <paramref name="cut"/>; true while there are more. In steps, so that writing goes on in between.</summary>
    private static bool Drop(SqliteConnection connection, long cut)
    {
        var first = connection.Scalar("SELECT min(id) FROM traces");
        if (first == 0 || first >= cut)
        {
            return false;
        }

        var step = Math.Min(cut, first + TracesPerTransaction);
        connection.Execute("DELETE FROM spans WHERE trace < $0", step);
        connection.Execute("DELETE FROM shares WHERE trace < $0", step);
        connection.Execute("DELETE FROM traces WHERE id < $0", step);
        if (step == cut)
        {
            connection.Execute("DELETE FROM terms WHERE segment < $0", TraceSchema.SegmentOf(cut));
            connection.Execute("DELETE FROM terms WHERE segment = $0 AND trace < $1", TraceSchema.SegmentOf(cut), cut);
            connection.Execute("DELETE FROM origins WHERE last_trace < $0", cut);
            connection.Execute("DELETE FROM operations WHERE last_trace < $0", cut);
        }

        return step < cut;
    }

    [LoggerMessage(LogLevel.Error, "Could not drop old traces; the next attempt is in a few seconds")]
    private partial void LogNotDropped(Exception exception);
}
