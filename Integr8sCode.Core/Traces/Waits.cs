namespace Integr8sCode.Traces;

/// <summary>What a wait was for, told by the span that ended it.</summary>
internal static class Waits
{
    private const double MicrosecondsPerSecond = 1_000_000;

    /// <returns>The wait in parts, the last first.</returns>
    public static IEnumerable<PathSegment> Before(SpanNode awaited, long from, long to)
    {
        var (cut, before, after) = Parts(awaited, from, to);
        if (to > cut)
        {
            yield return new(awaited, cut, to, after);
        }

        if (cut > from)
        {
            yield return new(awaited, from, cut, before);
        }
    }

    private static (long Cut, TimeCategory Before, TimeCategory After) Parts(SpanNode awaited, long from, long to)
    {
        var handedOver = awaited.IsHandedOver ? TimeCategory.QueueWait : TimeCategory.Gap;
        if (awaited.NotBefore is { } notBefore)
        {
            return (Math.Clamp(notBefore, from, to), TimeCategory.RetryBackoff, handedOver);
        }

        if (awaited.IsRetry)
        {
            return (from, handedOver, TimeCategory.RetryBackoff);
        }

        if (awaited.IsSandbox && awaited.Span.Number(SpanAttributes.SandboxQueueSeconds) is { } seconds)
        {
            var queued = (long)Math.Clamp(seconds * MicrosecondsPerSecond, 0, to - from);
            return (to - queued, TimeCategory.Gap, TimeCategory.SlotWait);
        }

        return (from, handedOver, handedOver);
    }
}
