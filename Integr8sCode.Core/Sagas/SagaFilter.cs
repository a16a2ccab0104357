namespace Integr8sCode.Sagas;

/// <summary>Which sagas to list; what is <see langword="null"/> does not restrict.</summary>
/// <param name="Before">Cursor: only sagas whose id sorts before this one, the last of the page before.</param>
/// <param name="Limit">Most sagas to return.</param>
public sealed record SagaFilter(string? UserId = null, SagaStatus? Status = null, Guid? Before = null, int Limit = 50);
