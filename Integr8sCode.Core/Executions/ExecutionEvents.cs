namespace Integr8sCode.Executions;

/// <summary>Data of <c>execution.scheduled</c>: what a worker must be able to run. The script stays in the store.</summary>
/// <param name="Place">Its place in line.</param>
public sealed record ExecutionScheduled(string Language, string? Version, DateTimeOffset Place);

/// <summary>Data of <c>execution.deferred</c>: its user has as many scheduled and running as allowed.</summary>
/// <param name="Cap">How many are allowed.</param>
public sealed record ExecutionDeferred(int Cap);

/// <summary>Data of <c>execution.started</c>.</summary>
public sealed record ExecutionStarted(string WorkerId, int Attempt, DateTimeOffset LeaseUntil);

/// <summary>Data of <c>execution.requeued</c>: the attempt gave its claim back.</summary>
/// <param name="Lost">The attempt counts as lost: it failed through the platform's fault.</param>
public sealed record ExecutionRequeued(string WorkerId, int Attempt, string Reason, bool Lost = false);

/// <summary>Data of <c>execution.cancel_requested</c>.</summary>
public sealed record ExecutionCancelRequested(string RequestedBy);

/// <summary>Data of <c>result.stored</c>: where the execution's time went, in seconds.</summary>
/// <param name="QueuedSeconds">From the request until the saga scheduled it.</param>
/// <param name="WaitedSeconds">From then until a worker claimed it.</param>
/// <param name="RanSeconds">From the (last) claim to the terminal event.</param>
/// <param name="EndToEndSeconds">From the request to the terminal event.</param>
public sealed record ExecutionTimings(double? QueuedSeconds, double? WaitedSeconds, double? RanSeconds, double EndToEndSeconds);
