using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.Traces;

/// <summary>Where the API reads traces.</summary>
public sealed class TraceQueryOptions
{
    public const string Section = "Traces";

    /// <summary>Address of a backend with Jaeger's query API. Default: <c>Traces:Url</c>; without either, timelines are answered 503.</summary>
    [Url]
    public string? QueryUrl { get; set; }

    /// <summary>How long one question to the backend may take. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long all questions for one summary may take; what was read by then is the answer. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan SummaryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long after an execution's end its spans may still be on their way, since processes export in batches; a trace that is not
    /// there later has expired. Default 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ArrivalLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest answer of the backend in bytes; a larger one is answered 502. Default 64 MiB.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxAnswerBytes { get; set; } = 64 * 1024 * 1024;
}
