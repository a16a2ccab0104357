namespace Integr8sCode.Sandboxing;

/// <summary>This worker cannot run scripts; the message says why.</summary>
internal sealed class SandboxUnavailableException(string message) : Exception(message);
