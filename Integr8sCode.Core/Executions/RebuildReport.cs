namespace Integr8sCode.Executions;

/// <summary>How the executions compared with their events.</summary>
/// <param name="Executions">How many were looked at.</param>
/// <param name="Different">How many differed.</param>
/// <param name="Repaired">How many of these show now what their events say; none of a dry run.</param>
/// <param name="Differences">Where they differed, the first <see cref="MaxDifferences"/>.</param>
public sealed record RebuildReport(long Executions, long Different, long Repaired, IReadOnlyList<RebuildDifference> Differences)
{
    public const int MaxDifferences = 200;
}

/// <summary>One field of one execution.</summary>
/// <param name="Field">Its path, as <c>state.status</c>; <c>events</c> where the execution has none, <c>execution</c> where there is none of it.</param>
/// <param name="Stored">What the projection showed, at most 200 characters; absent where it had nothing.</param>
/// <param name="Rebuilt">What the events say.</param>
public sealed record RebuildDifference(Guid ExecutionId, string Field, string? Stored, string? Rebuilt);
