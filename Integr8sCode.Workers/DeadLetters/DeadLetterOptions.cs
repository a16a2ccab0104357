using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.DeadLetters;

/// <summary>How the dlq-processor works. When a letter is retried is no option of the process: see <see cref="RetryPolicy"/>.</summary>
public sealed class DeadLetterOptions
{
    public const string Section = "DeadLetters";

    /// <summary>Pause between two looks at the store. Default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Letters taken at one look. Default 50.</summary>
    [Range(1, 1_000)]
    public int Batch { get; set; } = 50;

    /// <summary>
    /// How long a retry may take until its consumer has answered; after that it is sent again, each time with twice the patience, and the
    /// inbox drops what came twice. Default 1 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After this long a dead letter that nobody looked after is archived. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan ArchiveAfter { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long resolved, archived and discarded letters are kept. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Most of them that are kept, the newest. Default 10 000.</summary>
    [Range(0, 10_000_000)]
    public int KeptLetters { get; set; } = 10_000;
}
