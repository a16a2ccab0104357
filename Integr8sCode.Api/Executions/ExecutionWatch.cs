namespace Integr8sCode.Executions;

/// <summary>One execution that somebody watches, and how far it is known to be. Any number of readers share it.</summary>
internal sealed class ExecutionWatch
{
    /// <summary>Readers that stand at as many places share what they read; further ones would fill the memory of a watch with slow readers.</summary>
    private const int MaxSteps = 8;

    private readonly Lock _lock = new();
    private readonly List<(StreamCursor From, Task<StreamStep> Step)> _steps = [];
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

    /// <returns>What follows the cursor, read once for all who stand there before there is something new.</returns>
    public Task<StreamStep> ReadAsync(Guid executionId, StreamCursor from, ExecutionNews news)
    {
        lock (_lock)
        {
            var known = FindStep(from);
            if (known >= 0 && !_steps[known].Step.IsFaulted)
            {
                return _steps[known].Step;
            }

            if (known >= 0 || _steps.Count == MaxSteps)
            {
                _steps.RemoveAt(Math.Max(known, 0));
            }

            return StartReading(executionId, from, news);
        }
    }

    public void Show(ExecutionProgress progress)
    {
        lock (_lock)
        {
            if (Progress != progress)
            {
                Progress = progress;
                _steps.Clear();
                _changed.SetResult();
                _changed = NewSignal();
            }
        }
    }

    private int FindStep(StreamCursor from)
    {
        var index = _steps.Count - 1;
        while (index >= 0 && _steps[index].From != from)
        {
            index--;
        }

        return index;
    }

    private Task<StreamStep> StartReading(Guid executionId, StreamCursor from, ExecutionNews news)
    {
        var step = Task.Run(() => news.ReadAsync(executionId, from, CancellationToken.None)); // whoever began it may leave before the others
        _steps.Add((from, step));

        return step;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
