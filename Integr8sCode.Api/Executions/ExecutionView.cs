namespace Integr8sCode.Executions;

/// <summary>An execution as its owner sees it.</summary>
public sealed record ExecutionView
{
    public required Guid ExecutionId { get; init; }
    public required ExecutionStatus Status { get; init; }
    public required string UserId { get; init; }
    public required string Language { get; init; }
    public string? Version { get; init; }

    /// <summary>The script; only in the answer for a single execution.</summary>
    public string? Script { get; init; }

    /// <summary>What the script wrote, once the execution has ended: text where it is valid UTF-8, else base64.</summary>
    public string? Stdout { get; init; }

    public string? Stderr { get; init; }

    /// <summary><c>utf-8</c> or <c>base64</c>.</summary>
    public string? StdoutEncoding { get; init; }

    public string? StderrEncoding { get; init; }

    /// <summary>True where the output was cut at the limit.</summary>
    public bool? StdoutTruncated { get; init; }

    public bool? StderrTruncated { get; init; }

    /// <summary>Bytes kept; where the output was cut, this is where.</summary>
    public long? StdoutBytes { get; init; }

    public long? StderrBytes { get; init; }
    public RunOutcome? Outcome { get; init; }
    public int? ExitCode { get; init; }
    public int? Signal { get; init; }
    public ErrorType? ErrorType { get; init; }
    public string? Message { get; init; }
    public ResourceUsageView? ResourceUsage { get; init; }

    /// <summary>What the compiler did; absent where the language has none. With outcome <c>compile_error</c> nothing was run.</summary>
    public CompileResult? Compile { get; init; }
    public required int Attempts { get; init; }
    public bool? CancelRequested { get; init; }
    public Guid? RetryOf { get; init; }
    public required ExecutionTimestamps Timestamps { get; init; }
    public required string CorrelationId { get; init; }
    public string? TraceId { get; init; }
    public required ExecutionLinks Links { get; init; }

    internal static ExecutionView Of(Execution execution, ExecutionLinks links)
    {
        var state = execution.State;
        return new()
        {
            ExecutionId = execution.Id,
            Status = state.Status,
            UserId = execution.UserId,
            Language = execution.Request.Language,
            Version = execution.Request.Version,
            Outcome = state.Result?.Outcome,
            ExitCode = state.Result?.ExitCode,
            Signal = state.Result?.Signal,
            ErrorType = state.Result?.ErrorType,
            Message = state.Result?.Message,
            Compile = state.Result?.Compile,
            ResourceUsage = ResourceUsageView.Of(state.Result),
            Attempts = state.Attempts,
            CancelRequested = state is { CancelRequested: true, IsTerminal: false } ? true : null,
            RetryOf = execution.RetryOf,
            Timestamps = new(state.RequestedAt, state.ScheduledAt, state.StartedAt, state.FinishedAt, state.ResultStoredAt),
            CorrelationId = execution.CorrelationId,
            TraceId = execution.TraceId,
            Links = links,
        };
    }

    /// <summary>An ended execution without what it wrote, but with how much that was.</summary>
    internal static ExecutionView Result(Execution execution, ExecutionLinks links) => Of(execution, links) with
    {
        StdoutBytes = execution.State.Result?.StdoutBytes,
        StderrBytes = execution.State.Result?.StderrBytes,
        StdoutTruncated = execution.State.Result?.StdoutTruncated,
        StderrTruncated = execution.State.Result?.StderrTruncated,
    };

    internal ExecutionView With(Execution execution, ExecutionOutput? output)
    {
        var (stdout, stdoutEncoding) = Text(output?.Stdout);
        var (stderr, stderrEncoding) = Text(output?.Stderr);

        return this with
        {
            Script = execution.Request.Script,
            Stdout = stdout,
            StdoutEncoding = stdoutEncoding,
            StdoutBytes = output?.Stdout.Length,
            StderrBytes = output?.Stderr.Length,
            StdoutTruncated = output is null ? null : execution.State.Result?.StdoutTruncated,
            Stderr = stderr,
            StderrEncoding = stderrEncoding,
            StderrTruncated = output is null ? null : execution.State.Result?.StderrTruncated,
        };
    }

    private static (string? Text, string? Encoding) Text(byte[]? bytes) => bytes is null ? (null, null) : OutputView.TextOf(bytes);
}

/// <summary>What the run used; absent fields were not measured.</summary>
/// <param name="Source">What the CPU time and the peak memory are: of the whole process tree (<c>cgroup</c>), or of its ended processes and its largest one (<c>wait4</c>).</param>
public sealed record ResourceUsageView(double? CpuSeconds, long? PeakMemoryBytes, double? StartSeconds, double? RunSeconds, UsageSource? Source)
{
    internal static ResourceUsageView? Of(ExecutionResult? result) => result is { RunSeconds: not null }
        ? new(result.CpuSeconds, result.PeakMemoryBytes, result.StartSeconds, result.RunSeconds, result.UsageSource)
        : null;
}

/// <summary>When each state was reached; absent where it was not.</summary>
public sealed record ExecutionTimestamps(
    DateTimeOffset RequestedAt,
    DateTimeOffset? ScheduledAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? ResultStoredAt);

/// <param name="Trace">The execution's trace, for a person; absent where the installation names no trace UI.</param>
public sealed record ExecutionLinks(string Self, string Events, string Cancel, string Retry, string? Trace);

public sealed record AcceptedExecutionView(Guid ExecutionId, ExecutionStatus Status, string? TraceId, ExecutionLinks Links);

/// <param name="NextCursor">Pass it as <c>cursor</c> for the next page; absent on the last.</param>
public sealed record ExecutionPage(IReadOnlyList<ExecutionView> Items, string? NextCursor);
