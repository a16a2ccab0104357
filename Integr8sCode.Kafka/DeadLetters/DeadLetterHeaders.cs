using System.Diagnostics;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

/// <summary>What a dead letter says of itself on Kafka: UTF-8 text, beside the headers of the message, which stay as they came.</summary>
public static class DeadLetterHeaders
{
    public const string Prefix = "x-dlq-";
    public const string Id = "x-dlq-id";
    public const string OriginalTopic = "x-dlq-original-topic";
    public const string OriginalPartition = "x-dlq-original-partition";
    public const string OriginalOffset = "x-dlq-original-offset";
    public const string OriginalTimestamp = "x-dlq-original-timestamp";
    public const string BrokerEpoch = "x-dlq-broker-epoch";
    public const string ConsumerGroup = "x-dlq-consumer-group";
    public const string ExceptionType = "x-dlq-exception-type";
    public const string ExceptionMessage = "x-dlq-exception-message";
    public const string StackTrace = "x-dlq-exception-stacktrace";
    public const string Stage = "x-dlq-stage";
    public const string Attempts = "x-dlq-attempts";
    public const string RetryCount = "x-dlq-retry-count";
    public const string FirstFailedAt = "x-dlq-first-failed-at";
    public const string FailedAt = "x-dlq-failed-at";
    public const string Policy = "x-dlq-policy";
    public const string Fingerprint = "x-dlq-fingerprint";

    /// <summary>Context of the last failed <c>kafka.consume</c> span.</summary>
    public const string TraceParent = "x-dlq-traceparent";

    /// <summary>Of an edited message: the event that failed.</summary>
    public const string CausationId = "causation_id";

    /// <summary>The letter on its way to <c>dead_letter_queue</c>.</summary>
    internal static Headers Of(DeadLetter letter, RetryPolicy policy)
    {
        var (message, failure) = (letter.Message, letter.State.Failure);
        return With(message.Headers,
        [
            (Id, letter.Id.ToString()),
            (OriginalTopic, message.Topic),
            (OriginalPartition, message.Partition.ToString(CultureInfo.InvariantCulture)),
            (OriginalOffset, message.Offset.ToString(CultureInfo.InvariantCulture)),
            (OriginalTimestamp, TextOf(message.Timestamp)),
            (BrokerEpoch, letter.BrokerEpoch),
            (ConsumerGroup, letter.ConsumerGroup),
            (ExceptionType, failure.ExceptionType),
            (ExceptionMessage, failure.ExceptionMessage),
            (StackTrace, failure.StackTrace),
            (Stage, SnakeCase.NameOf(failure.Stage)),
            (Attempts, failure.Attempts.ToString(CultureInfo.InvariantCulture)),
            (RetryCount, letter.State.RetryCount.ToString(CultureInfo.InvariantCulture)),
            (FirstFailedAt, TextOf(letter.State.FirstFailedAt)),
            (FailedAt, TextOf(failure.FailedAt)),
            (Policy, SnakeCase.NameOf(policy.Strategy)),
            (Fingerprint, failure.Fingerprint),
            (TraceParent, failure.TraceParent),
        ]);
    }

    /// <summary>The message on its way back: the headers it had, with the context of the retry, and whose retry it is.</summary>
    internal static Headers OfRetry(DeadLetter letter, ActivityContext context)
    {
        string[] replaced = letter.State.Edit is null
            ? [MessageHeaders.TraceParent, MessageHeaders.TraceState]
            : [MessageHeaders.TraceParent, MessageHeaders.TraceState, MessageHeaders.EventId, MessageHeaders.EventType, CausationId];
        return With(
            letter.Message.Headers.Where(header =>
                !replaced.Contains(header.Name) && !header.Name.StartsWith(Prefix, StringComparison.Ordinal)),
            [
                (MessageHeaders.EventId, letter.State.Edit?.EventId.ToString()),
                (MessageHeaders.EventType, letter.State.Edit?.EventType),
                (CausationId, letter.State.Edit is null ? null : letter.EventId?.ToString() ?? letter.Id.ToString()),
                (MessageHeaders.TraceParent, context == default ? null : Telemetry.TraceParentOf(context)),
                (MessageHeaders.TraceState, context.TraceState),
                (Id, letter.Id.ToString()),
                (ConsumerGroup, letter.ConsumerGroup),
                (RetryCount, letter.State.RetryCount.ToString(CultureInfo.InvariantCulture)),
                (TraceParent, letter.State.Failure.TraceParent),
            ]);
    }

    private static Headers With(IEnumerable<RawHeader> original, IEnumerable<(string Name, string? Text)> added)
    {
        var headers = new Headers();
        foreach (var header in original)
        {
            headers.Add(header.Name, header.Value);
        }

        foreach (var (name, text) in added.Where(header => header.Text is not null))
        {
            headers.Add(name, Encoding.UTF8.GetBytes(text!));
        }

        return headers;
    }

    private static string TextOf(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
