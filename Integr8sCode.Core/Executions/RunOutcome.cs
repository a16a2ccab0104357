using System.Text.Json.Serialization;

namespace Integr8sCode.Executions;

/// <summary>How a run ended.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<RunOutcome>))]
public enum RunOutcome
{
    /// <summary>The script ended by itself with an exit code.</summary>
    Exited,

    /// <summary>The script was ended by a signal. An exit code from 129 to 192 is told in the same way by every shell and counts as this.</summary>
    Signaled,

    /// <summary>The compiler refused the script; nothing was run.</summary>
    CompileError,

    /// <summary>Killed at its wall-clock limit.</summary>
    Timeout,

    /// <summary>Killed at its CPU limit.</summary>
    CpuLimit,

    /// <summary>Killed because stdout or stderr grew past its limit.</summary>
    OutputLimit,

    /// <summary>The kernel killed one of its processes at the memory limit.</summary>
    MemoryLimit,

    /// <summary>Killed, or never started, because somebody cancelled.</summary>
    Cancelled,

    /// <summary>The sandbox itself failed, which is never the script's doing; the run may be tried again.</summary>
    SandboxError,

    /// <summary>Workers died under the execution until its attempts were used up.</summary>
    WorkerLost,

    /// <summary>The request could not be run at all, for example an unknown language in an event from outside; nothing was started.</summary>
    Rejected,
}
