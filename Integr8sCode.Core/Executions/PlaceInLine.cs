namespace Integr8sCode.Executions;

/// <summary>
/// Where an execution stands in line: a point in time, and the earliest comes first. What would hold it back is a fixed distance from the
/// time at which it began to wait, so that everything ages by itself and nothing starves.
/// </summary>
public static class PlaceInLine
{
    /// <summary>High goes ahead of normal that has waited up to this much longer; low lets normal pass for as long.</summary>
    public static readonly TimeSpan PriorityStep = TimeSpan.FromMinutes(5);

    /// <summary>Each execution that its user has in line or running already puts a new one this far back, so that users take turns.</summary>
    public static readonly TimeSpan ShareStep = TimeSpan.FromSeconds(30);

    /// <param name="since">When it began to wait.</param>
    /// <param name="held">How many executions of the same user are in line or running.</param>
    public static DateTimeOffset Of(DateTimeOffset since, ExecutionPriority priority, int held = 0) =>
        since + (held * ShareStep) + priority switch
        {
            ExecutionPriority.High => -PriorityStep,
            ExecutionPriority.Low => PriorityStep,
            _ => TimeSpan.Zero,
        };
}
