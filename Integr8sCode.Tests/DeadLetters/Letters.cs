using System.Text;
using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

/// <summary>Dead letters as the consumers make them, for tests.</summary>
internal static class Letters
{
    public const string FailedSpan = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static DeadLetter Failed(
        DateTimeOffset? at = null, string group = "sagas", string key = "key", Event? decoded = null, string topic = Topics.ExecutionEvents,
        DeadLetterStage stage = DeadLetterStage.Handle, long offset = 7) =>
        DeadLetter.Open(group, Message(key, topic, offset), decoded, Failure(at, stage), (at ?? Noon).AddSeconds(10));

    public static RawMessage Message(string key = "key", string topic = Topics.ExecutionEvents, long offset = 7) => new()
    {
        Topic = topic,
        Partition = 3,
        Offset = offset,
        Timestamp = Noon,
        Key = Encoding.UTF8.GetBytes(key),
        Value = [2],
        Headers = [],
    };

    public static DeadLetterFailure Failure(DateTimeOffset? at = null, DeadLetterStage stage = DeadLetterStage.Handle) => new()
    {
        Stage = stage,
        ExceptionType = "System.TimeoutException",
        ExceptionMessage = "too slow",
        StackTrace = "   at Integr8sCode.Things.DoAsync(Event message) in /src/Things.cs:line 12\n   at Integr8sCode.Other.Call()",
        Attempts = 3,
        FailedAt = at ?? Noon,
        TraceParent = FailedSpan,
    };

    public static DeadLetterNote Note(DateTimeOffset at, string by = "test", string why = "why not") => new(by, at, why, TraceParent: null);

    public static RetryDecision Later(DateTimeOffset due) => new(DeadLetterStatus.Scheduled, due, "later");

    public static DeadLetter Scheduled(this DeadLetter letter, DateTimeOffset due) =>
        letter.Follow(Later(due), "dlq-processor", letter.State.Failure.FailedAt, FailedSpan)!;

    public static DeadLetter Retrying(this DeadLetter letter, DateTimeOffset at) => letter.Scheduled(at).Claim(TimeSpan.FromMinutes(1), Note(at))!;
}
