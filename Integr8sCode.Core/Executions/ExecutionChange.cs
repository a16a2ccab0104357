using Integr8sCode.Events;

namespace Integr8sCode.Executions;

/// <summary>One move: the execution after it and the event that tells of it, to be stored in one atomic step.</summary>
/// <param name="Output">What the script wrote, with a terminal event that has output.</param>
public sealed record ExecutionChange(Execution Execution, Event Event, ExecutionOutput? Output = null);
