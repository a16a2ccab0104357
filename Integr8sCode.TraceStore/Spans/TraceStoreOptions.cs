using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.Spans;

/// <summary>What the trace store keeps and accepts. A value out of its bounds stops the process at start, naming it.</summary>
internal sealed class TraceStoreOptions
{
    public const string Section = "TraceStore";

    /// <summary>The database file; its folder is created. Default: <c>traces.db</c> in the working directory.</summary>
    [Required]
    public string Path { get; set; } = "traces.db";

    /// <summary>The most the database may hold, in bytes; the oldest traces go first. Up to 64 MiB of write-ahead log come on top. Default: 1 GiB.</summary>
    [Range(1L << 20, 1L << 44)]
    public long MaxBytes { get; set; } = 1L << 30;

    /// <summary>How long a trace is kept, from the arrival of its first span. Default: 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The largest export request, in bytes, as sent and as decompressed; a larger one is answered 413. Default: 16 MiB.</summary>
    [Range(1 << 10, 1 << 30)]
    public int MaxBodyBytes { get; set; } = 16 << 20;

    /// <summary>The bytes of export requests that may wait to be written; past that they are answered 503 and sent again later. Default: 64 MiB.</summary>
    [Range(1L << 10, 1L << 34)]
    public long MaxPendingBytes { get; set; } = 64 << 20;

    /// <summary>The most spans of one trace that are kept; the rest is refused and the client told how many. Default: 100 000.</summary>
    [Range(1, 10_000_000)]
    public int MaxSpansPerTrace { get; set; } = 100_000;

    /// <summary>How long a search may take before it is answered 503. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan SearchTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
