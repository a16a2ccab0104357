namespace Integr8sCode.Notifications;

/// <summary>Where a person reads on; absent where this installation does not know its own addresses.</summary>
internal sealed record MessageLinks(string? Execution, string? Trace);
