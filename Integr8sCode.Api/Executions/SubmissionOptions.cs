using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.Executions;

/// <summary>What the API accepts.</summary>
public sealed class SubmissionOptions
{
    public const string Section = "Submissions";

    /// <summary>Largest request body in bytes; a larger one is answered 413. Default 1.5 MiB: a fully escaped 64 KiB script and stdin, and the files.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public long MaxBodyBytes { get; set; } = 1536 * 1024;
}
