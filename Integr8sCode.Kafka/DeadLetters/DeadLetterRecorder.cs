using Confluent.Kafka;
using Integr8sCode.Events;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.DeadLetters;

/// <summary>
/// Notes what became of the messages of one group that no handler could take: in the store first, which holds the truth, then on
/// <c>dead_letter_queue</c>, which tells the dlq-processor and outside readers.
/// </summary>
internal sealed partial class DeadLetterRecorder(
    DeadLetterJournal journal, Subscription subscription, KafkaMetrics metrics, TimeProvider clock, ILogger<DeadLetterRecorder> logger)
{
    private const int LongestText = 4 * 1024;

    /// <summary>A message failed for good: a new letter, or an earlier one that comes back from its retry.</summary>
    public async Task RecordAsync(
        ConsumeResult<byte[], byte[]> record, MessageFailure failure, int attempts, DateTimeOffset firstFailedAt,
        CancellationToken cancellationToken)
    {
        var told = Describe(failure.Exception) with { Stage = failure.Stage, Attempts = attempts };
        var retry = MessageRetry.Of(record.Message.Headers);
        var letter = DeadLetter.Open(subscription.Group, RawMessages.Of(record), failure.Message, told, DeadLetterJournal.DueAfter(told.FailedAt));
        letter = letter with { State = letter.State with { FirstFailedAt = firstFailedAt } };
        await journal.RecordAsync(letter, retry, cancellationToken);

        using var scope = MessageScope.Begin(logger, failure.Message);
        metrics.DeadLettered(record.Topic, subscription.Group, failure.Stage);
        LogDeadLetter(failure.Exception, record.TopicPartitionOffset, failure.Stage, attempts);
    }

    /// <summary>The message is handled; where it was a retry, its letter is resolved.</summary>
    public Task ResolveAsync(MessageRetry? retry, CancellationToken cancellationToken) => retry is null
        ? Task.CompletedTask
        : journal.ResolveAsync(retry.LetterId, DeadLetterNote.Now(subscription.Group, "The handler has taken it.", clock), cancellationToken);

    private DeadLetterFailure Describe(Exception exception) => new()
    {
        Stage = default,
        ExceptionType = exception.GetType().FullName!,
        ExceptionMessage = Cut(exception.Message),
        StackTrace = exception.StackTrace is { } trace ? Cut(trace) : null,
        Attempts = 0,
        FailedAt = clock.GetUtcNow(),
        TraceParent = Telemetry.CurrentContext is var context && context == default ? null : Telemetry.TraceParentOf(context),
    };

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];

    [LoggerMessage(LogLevel.Error, "Message {Position} is a dead letter (stage {Stage}, tried {Attempts} times)")]
    private partial void LogDeadLetter(Exception exception, TopicPartitionOffset position, DeadLetterStage stage, int attempts);
}
