using System.Diagnostics;

namespace Integr8sCode.TraceKeeping;

/// <summary>Why a trace is kept although no sampler chose it: the value of <c>sampling.reason</c>.</summary>
internal static class KeepReason
{
    /// <summary>The tag of every span that is exported for its trace's failure. Such a span has no <c>th</c>: it stands for itself alone.</summary>
    public const string Tag = "sampling.reason";

    public const string Error = "error";
    public const string Timeout = "timeout";
    public const string DeadLetter = "dead_letter";
    public const string Slow = "slow";

    private static readonly string[] All = [Error, Timeout, DeadLetter, Slow];

    /// <returns>Null where the word is none of the reasons.</returns>
    public static string? Parse(ReadOnlySpan<char> text)
    {
        foreach (var reason in All)
        {
            if (text.SequenceEqual(reason)) return reason;
        }
        return null;
    }

    /// <summary>The reason that an ended span gives; null where all is well. Each failed try is an error already, so no retry is waited for.</summary>
    public static string? Of(Activity ended, TimeSpan slowerThan) =>
        ended.OperationName.StartsWith("dlq.", StringComparison.Ordinal) ? DeadLetter
        : ended.Status == ActivityStatusCode.Error ? ended.GetTagItem("sandbox.outcome") is "timeout" ? Timeout : Error
        : ended.Duration >= slowerThan || Waited(ended) >= slowerThan ? Slow
        : null;

    // An execution may also be slow because it waited: for its message to be read, or in the store for a free slot.
    private static TimeSpan Waited(Activity ended) => ended.Kind switch
    {
        ActivityKind.Consumer when ended.GetTagItem("app.queue.wait_ms") is double milliseconds => TimeSpan.FromMilliseconds(milliseconds),
        ActivityKind.Internal when ended.GetTagItem("sandbox.queue_seconds") is double seconds => TimeSpan.FromSeconds(seconds),
        _ => default,
    };
}
