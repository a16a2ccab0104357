namespace Integr8sCode.Traces;

/// <summary>The envelope of Jaeger's query API v1.</summary>
internal sealed record JaegerAnswer<T>(IReadOnlyList<T>? Data);
