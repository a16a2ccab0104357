namespace Integr8sCode.Events;

/// <summary>OpenTelemetry service name of this process, as its events carry it.</summary>
public sealed record ServiceName(string Value);
