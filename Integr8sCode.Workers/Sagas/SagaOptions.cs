using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.Sagas;

/// <summary>How the saga-orchestrator watches over executions.</summary>
public sealed class SagaOptions
{
    public const string Section = "Sagas";

    /// <summary>An execution that made no progress for this long is driven again from the event store. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Pause between two looks at the store. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a saga waits for an outcome before it is looked at again. Default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan OutcomeTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Executions that one user may have in line and running at a time; what is more waits until one of them ends. Default 10; 0 for
    /// no limit, and then users do not take turns either. Admins change it at run time.
    /// </summary>
    [Range(0, 10_000)]
    public int RunningCap { get; set; } = 10;

    /// <summary>An execution that nobody has run after this long ends as <c>timeout</c>, worker or not. Default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long handled events are remembered; longer than any topic keeps them. Default 8 days.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "365.00:00:00")]
    public TimeSpan InboxRetention { get; set; } = TimeSpan.FromDays(8);
}
