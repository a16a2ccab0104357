namespace Integr8sCode.Executions;

/// <summary>What a caller asks for: the start of an execution's stream.</summary>
/// <param name="EventId">Id of its <c>execution.requested</c> where that came from outside; a new one otherwise.</param>
public sealed record NewExecution(
    Guid Id,
    string UserId,
    string CorrelationId,
    ExecutionRequest Request,
    string? IdempotencyKey = null,
    Guid? RetryOf = null,
    Guid? EventId = null);
