namespace Integr8sCode.Executions;

/// <summary>
/// What scripts write while they run, for those who watch. It is a preview: what counts is the output that is kept with the terminal event
/// (<see cref="IExecutionStore"/>), which begins with exactly these bytes. Every implementation must pass <c>OutputStoreTests</c>.
/// </summary>
public interface IOutputStore
{
    /// <summary>
    /// Keeps chunks of a run, in order. One that is kept already changes nothing. They may be lost with the power, and go by themselves a
    /// day later where nobody removed them.
    /// </summary>
    Task AppendAsync(IReadOnlyList<OutputChunk> chunks, DateTimeOffset now, CancellationToken cancellationToken);

    /// <returns>The first chunk of that attempt that ends behind the position; <see langword="null"/> where there is none.</returns>
    Task<OutputChunk?> FindNextAsync(Guid executionId, OutputPosition after, CancellationToken cancellationToken);

    /// <summary>Forgets the chunks of an execution, once the terminal event has what they had.</summary>
    Task RemoveAsync(Guid executionId, CancellationToken cancellationToken);

    /// <summary>A part of the output that is kept with the terminal event.</summary>
    /// <returns>At most <paramref name="limit"/> bytes of either stream from its offset on; <see langword="null"/> where there is no output.</returns>
    Task<ExecutionOutput?> ReadAsync(Guid executionId, long stdoutOffset, long stderrOffset, int limit, CancellationToken cancellationToken);

    /// <summary>One question for any number of executions, cheap enough to be asked many times a second.</summary>
    /// <returns>Where those of them stand that exist.</returns>
    Task<IReadOnlyDictionary<Guid, ExecutionProgress>> WatchAsync(IReadOnlyCollection<Guid> executionIds, CancellationToken cancellationToken);
}
