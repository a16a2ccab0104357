namespace Integr8sCode.Spans;

/// <summary>What a list of traces shows of one trace, kept up to date as its spans arrive so that no list has to read spans.</summary>
internal sealed class TraceSummary
{
    /// <summary>The trace's number: the order of arrival.</summary>
    public required long Id { get; init; }

    public required TraceId TraceId { get; init; }

    /// <summary>When its first span arrived, in milliseconds since 1970 by the store's own clock: age counts from here.</summary>
    public required long Received { get; init; }

    public long Start { get; set; } = long.MaxValue;
    public long End { get; set; }

    /// <summary>The durations of its shortest and its longest span.</summary>
    public long Shortest { get; set; } = long.MaxValue;
    public long Longest { get; set; }

    public long Spans { get; set; }
    public long Errors { get; set; }

    /// <summary>The earliest span without a parent, or, as long as there is none, the earliest of all.</summary>
    public string RootService { get; set; } = "";
    public string RootName { get; set; } = "";
    public long RootStart { get; set; } = long.MaxValue;
    public bool HasRoot { get; set; }

    public void Add(IncomingSpan span)
    {
        Start = Math.Min(Start, span.Start);
        End = Math.Max(End, Math.Max(span.Start, span.End));
        Shortest = Math.Min(Shortest, span.Duration);
        Longest = Math.Max(Longest, span.Duration);
        Spans++;
        Errors += span.IsError ? 1 : 0;
        var isRoot = span.ParentId == 0;
        if ((isRoot && !HasRoot) || (isRoot == HasRoot && span.Start < RootStart))
        {
            (RootService, RootName, RootStart, HasRoot) = (span.Origin.Service, span.Name, span.Start, isRoot);
        }
    }
}
