using System.Globalization;
using System.Text.Json;
using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

/// <summary>A message of <c>dead_letter_queue</c>, and the letter it tells of; any header may be missing, since others may write there too.</summary>
public sealed class AnnouncedLetter(RawMessage message)
{
    private const string Unknown = "unknown";

    public RawMessage Message { get; } = message;

    /// <summary>Id of the stored letter; <see langword="null"/> where the message is not of ours.</summary>
    public Guid? Id => Guid.TryParse(Message.TextOf(DeadLetterHeaders.Id), out var id) ? id : null;

    /// <summary>Which retry failed; 0 where the message failed for the first time.</summary>
    public int RetryCount => CountOf(DeadLetterHeaders.RetryCount) ?? 0;

    /// <summary>The letter as the headers tell it, for a store that does not have it (any more).</summary>
    public DeadLetter ToLetter(DateTimeOffset now)
    {
        var topic = Message.TextOf(DeadLetterHeaders.OriginalTopic);
        var failure = ToFailure(isOurs: topic is not null && Topics.OfEvents.Contains(topic), now);
        var letter = DeadLetter.Open(
            Message.TextOf(DeadLetterHeaders.ConsumerGroup) ?? Unknown,
            ToOriginal(topic ?? Message.Topic),
            failure.Stage is DeadLetterStage.Decode ? null : Decode(Message.Value),
            failure,
            due: now);
        var firstFailedAt = TimeOf(DeadLetterHeaders.FirstFailedAt) ?? failure.FailedAt;
        return letter with
        {
            Id = Id ?? letter.Id,
            BrokerEpoch = Message.TextOf(DeadLetterHeaders.BrokerEpoch),
            State = letter.State with { FirstFailedAt = firstFailedAt, RetryCount = RetryCount },
        };
    }

    private RawMessage ToOriginal(string topic) => Message with
    {
        Topic = topic,
        Partition = CountOf(DeadLetterHeaders.OriginalPartition) ?? Message.Partition,
        Offset = long.TryParse(Message.TextOf(DeadLetterHeaders.OriginalOffset), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : Message.Offset,
        Timestamp = TimeOf(DeadLetterHeaders.OriginalTimestamp) ?? Message.Timestamp,
        Headers = [.. Message.Headers.Where(header => !header.Name.StartsWith(DeadLetterHeaders.Prefix, StringComparison.Ordinal))],
    };

    private DeadLetterFailure ToFailure(bool isOurs, DateTimeOffset now) => new()
    {
        // Nobody here could handle what came from elsewhere, so it is not sent back by itself.
        Stage = isOurs && Enum.TryParse<DeadLetterStage>(Message.TextOf(DeadLetterHeaders.Stage), ignoreCase: true, out var stage)
            ? stage
            : DeadLetterStage.Decode,
        ExceptionType = Message.TextOf(DeadLetterHeaders.ExceptionType) ?? Unknown,
        ExceptionMessage = Message.TextOf(DeadLetterHeaders.ExceptionMessage) ?? "The message does not say what went wrong.",
        StackTrace = Message.TextOf(DeadLetterHeaders.StackTrace),
        Attempts = CountOf(DeadLetterHeaders.Attempts) ?? 0,
        FailedAt = TimeOf(DeadLetterHeaders.FailedAt) ?? now,
        TraceParent = Message.TextOf(DeadLetterHeaders.TraceParent),
    };

    private int? CountOf(string header) =>
        int.TryParse(Message.TextOf(header), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private DateTimeOffset? TimeOf(string header) =>
        DateTimeOffset.TryParse(Message.TextOf(header), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static Event? Decode(byte[]? value)
    {
        try
        {
            return EventDecoder.Decode(value);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
