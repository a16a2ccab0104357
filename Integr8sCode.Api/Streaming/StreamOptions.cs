using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.Streaming;

/// <summary>How live results reach their readers.</summary>
public sealed class StreamOptions
{
    public const string Section = "Streams";

    /// <summary>How often this process asks the store, in one question for all its readers; nobody reading, nothing is asked. Default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.02", "00:00:05")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A stream that waits sends a comment this often, so that proxies keep it open. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A reader that takes nothing for this long is dropped; it can resume where it was. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Streams and waiting requests of one user in this process; one more stream is answered 429. Default 100.</summary>
    [Range(1, 100_000)]
    public int MaxPerUser { get; set; } = 100;

    /// <summary>Streams and waiting requests in this process; one more stream is answered 503. Default 2000.</summary>
    [Range(1, 100_000)]
    public int MaxPerProcess { get; set; } = 2000;
}
