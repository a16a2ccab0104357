namespace Integr8sCode.Spans;

/// <summary>A span with its origin, as read back from the store.</summary>
internal sealed record OwnedSpan(Span Span, Origin Origin);
