using Integr8sCode.Streaming;

namespace Integr8sCode.Executions;

/// <summary>What follows a cursor, or a bounded part of it: each item with the cursor after it. Nothing where there is no news.</summary>
internal sealed record StreamStep((StreamItem Item, StreamCursor After)[] Items)
{
    public static StreamStep Nothing { get; } = new([]);
}
