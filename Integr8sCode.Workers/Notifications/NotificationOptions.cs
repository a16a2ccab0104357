using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.Notifications;

/// <summary>How the notification-service delivers; where it may deliver to is in <see cref="DestinationOptions"/>.</summary>
public sealed class NotificationOptions
{
    public const string Section = DestinationOptions.Section;

    /// <summary>Calls that this process makes at the same time. Default 16.</summary>
    [Range(1, 512)]
    public int Concurrency { get; set; } = 16;

    /// <summary>Longest time for one call, from resolving the name to the answer's headers. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>An attempt whose process died is made again after this long. Default 60 s; more than <see cref="Timeout"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Longest wait after the first failed attempt; each further one may be twice as long, and a random part of it is waited. Default
    /// 2 min: the six attempts take an hour at most.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>A receiver that asks to wait longer than this is called earlier than it asks. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Pause between two looks for what is due. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long notifications are kept. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How many notifications are kept for one user, the newest. Default 1000.</summary>
    [Range(1, 1_000_000)]
    public int MaxPerUser { get; set; } = 1000;

    /// <summary>Address of the API as users reach it, for links to executions. Absent (the default): messages carry no such link.</summary>
    [Url]
    public string? PublicUrl { get; set; }

    /// <summary>Address of the trace UI, from <c>Traces:Url</c>. Absent: messages carry no link to the trace.</summary>
    [Url]
    public string? TracesUrl { get; set; }
}
