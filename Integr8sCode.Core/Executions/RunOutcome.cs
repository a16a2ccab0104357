using System.Text.Json.Serialization;

namespace Integr8sCode.Executions;

/// <summary>Why a run ended.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<RunOutcome>))]
public enum RunOutcome
{
    Exited,
    Signaled,

    /// <summary>The compiler refused the script; nothing was run.</summary>
    CompileError,
    Timeout,
    CpuLimit,
    OutputLimit,
    MemoryLimit,
    Cancelled,

    /// <summary>The sandbox itself failed; never the script's doing.</summary>
    SandboxError,

    /// <summary>Workers died under the execution until its attempts were used up.</summary>
    WorkerLost,

    /// <summary>The request could not be run at all, for example an unknown language in an event from outside.</summary>
    Rejected,
}
