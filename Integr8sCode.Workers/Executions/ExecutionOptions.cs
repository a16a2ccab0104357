using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.Executions;

/// <summary>How an execution-worker holds on to what it runs.</summary>
public sealed class ExecutionOptions
{
    public const string Section = "Executions";

    /// <summary>How long a claim lasts unless renewed, which happens three times as often; a dead worker's executions wait this long. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Pause between two looks for cancelled and lost runs. Default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:10")]
    public TimeSpan CancelPoll { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long runs may go on after SIGTERM before they are killed and given back. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(3);
}
