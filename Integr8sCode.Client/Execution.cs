using System.Text.Json.Serialization;

namespace Integr8sCode.Client;

/// <summary>An execution as the installation tells it. What is absent is not known yet, or does not apply.</summary>
public sealed record Execution
{
    /// <summary>UUIDv7.</summary>
    [JsonPropertyName("execution_id")]
    public required Guid Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>Whether nothing will change any more.</summary>
    [JsonIgnore]
    public bool HasEnded => Status is ExecutionStatus.Completed or ExecutionStatus.Failed or ExecutionStatus.Timeout or ExecutionStatus.Cancelled;

    /// <summary>Of the script.</summary>
    public string? Language { get; init; }

    /// <summary>What the script wrote, as <see cref="StdoutEncoding"/> says; only in the answer for one ended execution.</summary>
    public string? Stdout { get; init; }

    /// <summary>Like <see cref="Stdout"/>.</summary>
    public string? Stderr { get; init; }

    /// <summary><c>utf-8</c>, or <c>base64</c> where the output is no valid UTF-8.</summary>
    public string? StdoutEncoding { get; init; }

    /// <summary>Like <see cref="StdoutEncoding"/>.</summary>
    public string? StderrEncoding { get; init; }

    /// <summary>True where the output was cut at the limit.</summary>
    public bool? StdoutTruncated { get; init; }

    /// <summary>Like <see cref="StdoutTruncated"/>.</summary>
    public bool? StderrTruncated { get; init; }

    /// <summary>How the run ended: <c>exited</c>, <c>signaled</c>, <c>compile_error</c>, <c>memory_limit</c> and so on.</summary>
    public string? Outcome { get; init; }

    /// <summary>Of a script that ended by itself.</summary>
    public int? ExitCode { get; init; }

    /// <summary>That ended the script.</summary>
    public int? Signal { get; init; }

    /// <summary>Of a failed execution: <c>resource_limit</c>, <c>worker_lost</c>, <c>system_error</c> or <c>invalid_request</c>.</summary>
    public string? ErrorType { get; init; }

    /// <summary>What happened, for a person.</summary>
    public string? Message { get; init; }

    /// <summary>What the compiler did, where the language has one.</summary>
    public Compilation? Compile { get; init; }

    /// <summary>How often workers began it.</summary>
    public int Attempts { get; init; }

    /// <summary>W3C trace id of all that happened to it.</summary>
    public string? TraceId { get; init; }

    /// <summary>Where it is found.</summary>
    public ExecutionLinks? Links { get; init; }
}
