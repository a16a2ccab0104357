using Integr8sCode.DeadLetters;

namespace Integr8sCode.Mongo;

/// <summary>A letter, which never changes, and beside it its state and what it is asked for by.</summary>
internal sealed record DeadLetterDocument
{
    public required Guid Id { get; init; }
    public required string Identity { get; init; }
    public required string Topic { get; init; }
    public required string ConsumerGroup { get; init; }
    public string? EventType { get; init; }
    public string? Line { get; init; }
    public required long Version { get; init; }
    public required DeadLetterStatus Status { get; init; }
    public required string ExceptionType { get; init; }
    public string? TopFrame { get; init; }
    public required string Fingerprint { get; init; }
    public required DateTimeOffset FirstFailedAt { get; init; }
    public required DateTimeOffset FailedAt { get; init; }
    public required int RetryCount { get; init; }
    public DateTimeOffset? Due { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public Guid? BatchId { get; init; }
    public required DeadLetterState State { get; init; }
    public required DeadLetter Letter { get; init; }

    public static DeadLetterDocument Of(DeadLetter letter) => new()
    {
        Id = letter.Id,
        Identity = letter.Identity,
        Topic = letter.Message.Topic,
        ConsumerGroup = letter.ConsumerGroup,
        EventType = letter.EventType,
        Line = letter.Line,
        Version = letter.State.Version,
        Status = letter.State.Status,
        ExceptionType = letter.State.Failure.ExceptionType,
        TopFrame = letter.State.Failure.TopFrame,
        Fingerprint = letter.State.Failure.Fingerprint,
        FirstFailedAt = letter.State.FirstFailedAt,
        FailedAt = letter.State.Failure.FailedAt,
        RetryCount = letter.State.RetryCount,
        Due = letter.State.Due,
        ClosedAt = letter.State.ClosedAt,
        BatchId = letter.State.BatchId,
        State = letter.State,
        Letter = letter,
    };

    public DeadLetter ToLetter() => Letter with { State = State };
}
