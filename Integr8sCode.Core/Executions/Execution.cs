namespace Integr8sCode.Executions;

/// <summary>One run of a user's script. It changes only through the moves, each of which yields the event to append.</summary>
public sealed partial record Execution
{
    /// <summary>An execution fails as <c>worker_lost</c> when this many attempts ended with a dead worker.</summary>
    public const int MaxLostAttempts = 2;

    public required Guid Id { get; init; }
    public required string UserId { get; init; }
    public required string CorrelationId { get; init; }

    /// <summary>Trace of the request, 32 hexadecimal digits; absent where the request was outside any trace.</summary>
    public string? TraceId { get; init; }

    /// <summary>Unique for a user where present.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The execution this one repeats.</summary>
    public Guid? RetryOf { get; init; }

    public required ExecutionRequest Request { get; init; }
    public required ExecutionState State { get; init; }

    /// <summary>True while <paramref name="workerId"/> holds the claim it made with <paramref name="attempt"/>.</summary>
    public bool IsHeldBy(string workerId, int attempt) =>
        State.Status is ExecutionStatus.Running && State.WorkerId == workerId && State.Attempts == attempt;
}
