namespace Integr8sCode.Executions;

/// <summary>How far a stream is through its parts.</summary>
internal enum StreamPhase
{
    Beginning,

    /// <summary>The state was sent; events and output follow.</summary>
    Running,

    /// <summary>The terminal event was sent; the result follows.</summary>
    Terminal,

    /// <summary>The result was sent; the end follows.</summary>
    Result,

    /// <summary>Nothing follows.</summary>
    End,
}
