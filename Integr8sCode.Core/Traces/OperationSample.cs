namespace Integr8sCode.Traces;

/// <summary>One request, or one handling of a message, as a summary counts it.</summary>
/// <param name="Weight">How many it stands for; see <see cref="AdjustedCount"/>.</param>
/// <param name="Durations">Microseconds by what they measure.</param>
public sealed record OperationSample(
    string Name, double Weight, bool IsError, IReadOnlyDictionary<string, long> Durations, IReadOnlyDictionary<TimeCategory, long> TimeByCategory)
{
    /// <summary>The tree's root: <c>response</c> until it answered, <c>end_to_end</c> until all it led to was done.</summary>
    public static OperationSample OfRequest(SpanTree tree)
    {
        var request = tree.Root;
        var whole = CriticalPath.EndToEnd(tree);
        return new(
            request.Span.Name, AdjustedCount.Of(request.Span), request.Span.IsError,
            new Dictionary<string, long> { ["response"] = request.End - request.Start, ["end_to_end"] = whole.Duration },
            whole.TimeByCategory);
    }

    /// <summary>A message by its topic: <c>queue_wait</c> until its handling began, <c>handling</c> from then on.</summary>
    public static OperationSample OfMessage(SpanTree tree, SpanNode consume)
    {
        var waited = consume is { IsHandedOver: true, Parent: { } publish } ? Math.Max(0, consume.Start - publish.End) : 0;
        var times = new Dictionary<TimeCategory, long>(CriticalPath.Response(tree, consume).TimeByCategory);
        if (waited > 0)
        {
            times[TimeCategory.QueueWait] = waited;
        }

        return new(
            consume.Span.Text(SpanAttributes.MessagingDestination) ?? consume.Span.Name, AdjustedCount.Of(consume.Span),
            consume.Span.IsError,
            new Dictionary<string, long> { ["queue_wait"] = waited, ["handling"] = consume.End - consume.Start },
            times);
    }
}
