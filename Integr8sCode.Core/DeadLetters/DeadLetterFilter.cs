namespace Integr8sCode.DeadLetters;

/// <summary>Which dead letters; what is <see langword="null"/> does not restrict.</summary>
/// <param name="ConsumerGroup">Whose handler failed.</param>
/// <param name="Fingerprint">Of the last failure.</param>
/// <param name="From">Last failed at or after.</param>
/// <param name="To">Last failed before.</param>
/// <param name="Before">Cursor: only letters whose id sorts before this one, the last of the page before.</param>
/// <param name="Limit">Most letters to return.</param>
public sealed record DeadLetterFilter(
    DeadLetterStatus? Status = null,
    string? Topic = null,
    string? EventType = null,
    string? ConsumerGroup = null,
    string? Fingerprint = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    Guid? BatchId = null,
    Guid? Before = null,
    int Limit = 50);
