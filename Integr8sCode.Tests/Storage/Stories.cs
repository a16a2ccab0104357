using Integr8sCode.Events;
using Integr8sCode.Executions;

namespace Integr8sCode.Storage;

/// <summary>Changes as the processes make them, for tests of stores.</summary>
internal static class Stories
{
    public const string Worker = "worker-1";

    public static Origin At(DateTimeOffset time) =>
        new("test", time, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "vendor=value");

    public static ExecutionChange Accepted(
        DateTimeOffset time, string user = "alice", string? key = null, string language = "python", string script = "print(1)", Guid? id = null,
        ExecutionPriority priority = ExecutionPriority.Normal) =>
        Execution.Accept(
            new(id ?? Guid.CreateVersion7(time), user, "correlation-1", new() { Script = script, Language = language, Priority = priority }, key), At(time));

    public static ExecutionResult Success { get; } = new() { Outcome = RunOutcome.Exited, ExitCode = 0 };

    public static async Task<Execution> QueuedAsync(this IExecutionStore store, DateTimeOffset time, string user = "alice") =>
        await store.AcceptAsync(Accepted(time, user), TestContext.Current.CancellationToken);

    public static async Task<Execution> ScheduledAsync(this IExecutionStore store, DateTimeOffset time, string user = "alice") =>
        await store.DoneAsync((await store.QueuedAsync(time, user)).Schedule(At(time)));

    public static async Task<Execution> RunningAsync(this IExecutionStore store, DateTimeOffset time, TimeSpan lease, string worker = Worker) =>
        await store.DoneAsync((await store.ScheduledAsync(time)).Start(worker, lease, At(time)));

    public static async Task<Execution> FinishedAsync(this IExecutionStore store, DateTimeOffset time) =>
        await store.DoneAsync(
            (await store.RunningAsync(time, TimeSpan.FromSeconds(30))).Finish(Worker, 1, Success, ExecutionOutput.Empty, At(time)));

    /// <summary>Appends the move, which must be legal and current.</summary>
    public static async Task<Execution> DoneAsync(this IExecutionStore store, ExecutionChange? change)
    {
        Assert.True(await store.AppendAsync(change!, TestContext.Current.CancellationToken));
        return change!.Execution;
    }
}
