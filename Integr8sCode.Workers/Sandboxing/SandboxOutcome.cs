namespace Integr8sCode.Sandboxing;

/// <summary>How a run ended.</summary>
internal enum SandboxOutcome
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

    /// <summary>Killed because the caller cancelled.</summary>
    Cancelled,

    /// <summary>The run breaks a rule of <see cref="SandboxRun"/>; nothing was started.</summary>
    Refused,

    /// <summary>The script was never started; the fault is ours and the run may be tried again.</summary>
    SandboxError,
}
