namespace Integr8sCode.Client;

/// <param name="Self">Path of the execution in the API.</param>
/// <param name="Trace">The execution's trace, for a person; absent where the installation names no trace UI.</param>
public sealed record ExecutionLinks(string Self, string? Trace);
