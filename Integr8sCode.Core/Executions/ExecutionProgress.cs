namespace Integr8sCode.Executions;

/// <summary>What tells a reader whether there is something new.</summary>
/// <param name="Sequence">Of the last event.</param>
/// <param name="Written">End of the newest chunk (<see cref="OutputPosition.Value"/>); 0 where there is none.</param>
public readonly record struct ExecutionProgress(long Sequence, long Written);
