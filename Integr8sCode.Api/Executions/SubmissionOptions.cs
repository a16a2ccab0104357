using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.Executions;

/// <summary>What the API accepts.</summary>
public sealed class SubmissionOptions
{
    public const string Section = "Submissions";

    /// <summary>Largest request body in bytes; a larger one is answered 413. Default 1.5 MiB: a fully escaped 64 KiB script and stdin, and the files.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public long MaxBodyBytes { get; set; } = 1536 * 1024;

    /// <summary>
    /// Events that may wait for Kafka before new executions and retries are answered 503 with Retry-After; looked at once a second, so what
    /// is accepted within one comes on top. Default 10 000.
    /// </summary>
    [Range(1, 10_000_000)]
    public long BacklogCap { get; set; } = 10_000;
}
