namespace Integr8sCode.Replays;

/// <summary>The session cannot go on; the message says why.</summary>
public sealed class ReplayException(string message, Exception? inner = null) : Exception(message, inner);
