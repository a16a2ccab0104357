namespace Integr8sCode.Sqlite;

/// <summary>One caller's share of a group commit.</summary>
internal abstract class WriteOperation
{
    private volatile bool _abandoned;

    /// <summary>True once nobody waits for the operation any more; not yet begun, it is left out.</summary>
    public bool IsAbandoned => _abandoned;

    public void Abandon() => _abandoned = true;

    public abstract void Run(SqliteSession session);

    /// <summary>Tells the caller, once the transaction is durable.</summary>
    public abstract void Succeed();

    public abstract void Fail(Exception error);
}

internal sealed class WriteOperation<T>(Func<SqliteSession, T> work) : WriteOperation
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _completion.Task;

    public override void Run(SqliteSession session) => _result = work(session);

    public override void Succeed() => _completion.TrySetResult(_result);

    public override void Fail(Exception error) => _completion.TrySetException(error);
}
