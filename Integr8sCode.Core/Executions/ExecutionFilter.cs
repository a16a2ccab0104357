namespace Integr8sCode.Executions;

/// <summary>Which executions to list; what is <see langword="null"/> does not restrict.</summary>
/// <param name="From">Requested at or after.</param>
/// <param name="To">Requested before.</param>
/// <param name="Before">Cursor: only executions whose id sorts before this one, the last of the page before.</param>
/// <param name="Limit">Most executions to return.</param>
public sealed record ExecutionFilter(
    string? UserId = null,
    ExecutionStatus? Status = null,
    string? Language = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    Guid? Before = null,
    int Limit = 50);
