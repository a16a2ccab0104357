namespace Integr8sCode.DeadLetters;

/// <summary>Where a dead letter stands.</summary>
public sealed record DeadLetterState
{
    /// <summary>Counts the saves, from 1; a save with a stale number is refused.</summary>
    public required long Version { get; init; }

    public required DeadLetterStatus Status { get; init; }
    public required DeadLetterFailure Failure { get; init; }

    /// <summary>What the age of the letter is counted from.</summary>
    public required DateTimeOffset FirstFailedAt { get; init; }

    /// <summary>Retries that were begun; the number of the present one.</summary>
    public int RetryCount { get; init; }

    /// <summary>How often the present retry was sent: more than once where nobody answered in time.</summary>
    public int Sends { get; init; }

    /// <summary>
    /// When the dlq-processor looks at the letter next: a pending one that never came through the topic, a scheduled retry, the lease of a
    /// retry under way. <see langword="null"/> where it waits for an operator or has ended.
    /// </summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>When the present retry was begun; <see langword="null"/> where none is under way.</summary>
    public DateTimeOffset? RetryingSince { get; init; }

    /// <summary>When it was resolved, archived or discarded; retention goes by it.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Context of the last <c>dlq.consume</c> span: a retry continues it, whenever it comes.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The group of manual retries the letter was last part of.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>What an operator made of the message; sent instead of it.</summary>
    public DeadLetterEdit? Edit { get; init; }

    /// <summary>Every change so far, the oldest first; of very many only the newest.</summary>
    public required IReadOnlyList<DeadLetterTransition> Transitions { get; init; }
}
