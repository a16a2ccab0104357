using Integr8sCode.Events;
using Integr8sCode.Executions;

namespace Integr8sCode.DeadLetters;

/// <summary>A dead letter as an admin sees it.</summary>
public sealed record DeadLetterView
{
    public required Guid Id { get; init; }
    public required DeadLetterStatus Status { get; init; }
    public required string Topic { get; init; }
    public required int Partition { get; init; }
    public required long Offset { get; init; }

    /// <summary>Which life of the broker the offset is of: its id of the topic. Absent where it does not tell.</summary>
    public string? BrokerEpoch { get; init; }

    public required string ConsumerGroup { get; init; }
    public Guid? EventId { get; init; }
    public string? EventType { get; init; }
    public Guid? ExecutionId { get; init; }
    public required DeadLetterFailureView Failure { get; init; }

    /// <summary>Retries that were begun.</summary>
    public required int RetryCount { get; init; }

    public required DateTimeOffset FirstFailedAt { get; init; }

    /// <summary>When the dlq-processor looks at it next; absent where it waits for an operator or has ended.</summary>
    public DateTimeOffset? NextAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The manual retry of several letters that it was last part of.</summary>
    public Guid? BatchId { get; init; }

    public string? TraceId { get; init; }
    public required DeadLetterLinks Links { get; init; }

    /// <summary>As it came, byte for byte; only in the answer for a single letter, as the three below.</summary>
    public MessageView? Message { get; init; }

    /// <summary>What an operator made of it, sent in its place.</summary>
    public EditView? Edit { get; init; }

    public IReadOnlyList<DeadLetterTransition>? Transitions { get; init; }

    internal static DeadLetterView Of(DeadLetter letter, DeadLetterLinker linker)
    {
        var traceId = DeadLetterLinker.TraceOf(letter);
        return new()
        {
            Id = letter.Id,
            Status = letter.State.Status,
            Topic = letter.Message.Topic,
            Partition = letter.Message.Partition,
            Offset = letter.Message.Offset,
            BrokerEpoch = letter.BrokerEpoch,
            ConsumerGroup = letter.ConsumerGroup,
            EventId = letter.EventId,
            EventType = letter.EventType,
            ExecutionId = letter.ExecutionId,
            Failure = DeadLetterFailureView.Of(letter.State.Failure),
            RetryCount = letter.State.RetryCount,
            FirstFailedAt = letter.State.FirstFailedAt,
            NextAt = letter.State.Due,
            ClosedAt = letter.State.ClosedAt,
            BatchId = letter.State.BatchId,
            TraceId = traceId,
            Links = linker.LinksOf(letter, traceId),
        };
    }

    internal static DeadLetterView Whole(DeadLetter letter, DeadLetterLinker linker) => Of(letter, linker) with
    {
        Failure = DeadLetterFailureView.Of(letter.State.Failure) with { StackTrace = letter.State.Failure.StackTrace },
        Message = MessageView.Of(letter.Message),
        Edit = letter.State.Edit is { } edit ? new(edit.EventId, edit.EventType, EncodedBytes.Of(edit.Value)!) : null,
        Transitions = letter.State.Transitions,
    };
}

/// <param name="Fingerprint">The same for failures of the same kind.</param>
/// <param name="TopFrame">The method that threw, .NET's own left out.</param>
/// <param name="StackTrace">Only in the answer for a single letter.</param>
public sealed record DeadLetterFailureView(
    DeadLetterStage Stage, string ExceptionType, string ExceptionMessage, string Fingerprint, string? TopFrame, int Attempts,
    DateTimeOffset FailedAt, string? StackTrace = null)
{
    internal static DeadLetterFailureView Of(DeadLetterFailure failure) => new(
        failure.Stage, failure.ExceptionType, failure.ExceptionMessage, failure.Fingerprint, failure.TopFrame, failure.Attempts, failure.FailedAt);
}

/// <param name="Trace">The trace of its last failure, for a person; absent where the installation names no trace UI.</param>
public sealed record DeadLetterLinks(string Self, string Retry, string EditAndRetry, string Discard, string Archive, string? Trace);

/// <summary>A message as it came; a key or value that is absent was null.</summary>
public sealed record MessageView(DateTimeOffset Timestamp, EncodedBytes? Key, EncodedBytes? Value, IReadOnlyList<HeaderView> Headers)
{
    internal static MessageView Of(RawMessage message) => new(
        message.Timestamp,
        EncodedBytes.Of(message.Key),
        EncodedBytes.Of(message.Value),
        [.. message.Headers.Select(header => new HeaderView(header.Name, EncodedBytes.Of(header.Value)))]);
}

/// <param name="Value">Absent where the header was null.</param>
public sealed record HeaderView(string Name, EncodedBytes? Value);

public sealed record EditView(Guid EventId, string EventType, EncodedBytes Value);

/// <summary>Bytes in JSON: text where they are valid UTF-8, else base64.</summary>
/// <param name="Encoding"><c>utf-8</c> or <c>base64</c>.</param>
public sealed record EncodedBytes(string Text, string Encoding, int Bytes)
{
    internal static EncodedBytes? Of(byte[]? bytes)
    {
        if (bytes is null)
        {
            return null;
        }

        var (text, encoding) = OutputView.TextOf(bytes);
        return new(text, encoding, bytes.Length);
    }
}

/// <param name="NextCursor">Pass it as <c>cursor</c> for the next page; absent on the last.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetterView> Items, string? NextCursor);
