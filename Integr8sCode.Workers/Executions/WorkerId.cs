namespace Integr8sCode.Executions;

/// <summary>This process among all workers, past and present.</summary>
internal sealed class WorkerId
{
    public string Value { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.CreateVersion7():N}";
}
