namespace Integr8sCode.Local;

/// <summary>An environment variable on top of those that local mode sets.</summary>
/// <param name="Value">Null removes the variable.</param>
/// <param name="Service">The one service that gets it; null is all of them.</param>
internal sealed record ServiceVariable(string Name, string? Value, string? Service = null);
