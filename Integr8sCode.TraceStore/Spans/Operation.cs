namespace Integr8sCode.Spans;

internal sealed record Operation(string Name, SpanKind Kind);
