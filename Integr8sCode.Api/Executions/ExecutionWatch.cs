namespace Integr8sCode.Executions;

/// <summary>One execution that somebody watches, and how far it is known to be. Any number of readers share it.</summary>
internal sealed class ExecutionWatch
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>As the store told it last; <see langword="null"/> until it has been asked.</summary>
    public ExecutionProgress? Progress { get; private set; }

    /// <returns>Completed as soon as the progress is another than <paramref name="seen"/>.</returns>
    public Task ChangedFrom(ExecutionProgress? seen)
    {
        lock (_lock)
        {
            return Progress == seen ? _changed.Task : Task.CompletedTask;
        }
    }

    public void Show(ExecutionProgress progress)
    {
        lock (_lock)
        {
            if (Progress != progress)
            {
                Progress = progress;
                _changed.SetResult();
                _changed = NewSignal();
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
