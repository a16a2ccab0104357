namespace Integr8sCode;

/// <summary>The broker cannot start; the message says why in one line.</summary>
internal sealed class BrokerException(string message) : Exception(message);
