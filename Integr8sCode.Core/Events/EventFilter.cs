namespace Integr8sCode.Events;

/// <summary>Which events of all executions; what is <see langword="null"/> does not restrict.</summary>
public sealed record EventFilter
{
    public Guid? ExecutionId { get; init; }
    public string? CorrelationId { get; init; }

    /// <summary>Any of these; an empty list matches nothing.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Recorded at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Recorded before.</summary>
    public DateTimeOffset? To { get; init; }

    public string? UserId { get; init; }

    /// <summary>Service that recorded the event.</summary>
    public string? Service { get; init; }
}
