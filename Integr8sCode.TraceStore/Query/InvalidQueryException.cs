namespace Integr8sCode.Query;

/// <summary>A request that cannot be understood; the message names the parameter and is shown to the caller.</summary>
internal sealed class InvalidQueryException(string message) : Exception(message);
