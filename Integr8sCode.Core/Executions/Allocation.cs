namespace Integr8sCode.Executions;

/// <summary>What one user has, and whose turn it is.</summary>
/// <param name="Held">The user's scheduled and running executions.</param>
/// <param name="Next">Those of the user's queued executions for which there is room below the cap, by their place in line.</param>
public sealed record Allocation(int Held, IReadOnlyList<Guid> Next)
{
    /// <summary>Most that are let in at once.</summary>
    public const int MaxNext = 200;
}
