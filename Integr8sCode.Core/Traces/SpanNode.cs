using System.Diagnostics;

namespace Integr8sCode.Traces;

/// <summary>A span in its place. Its times may differ from the recorded ones: see <see cref="Shift"/>.</summary>
public sealed class SpanNode
{
    private const string RateLimits = "rate_limit.";
    private const string Notifications = "notification.";
    private const int MicrosecondsPerMillisecond = 1000;

    private readonly List<SpanNode> _children = [];

    internal SpanNode(TraceSpan span) => (Span, Start, End) = (span, span.Start, span.Start + Math.Max(0, span.Duration));

    public TraceSpan Span { get; }
    public SpanNode? Parent { get; private set; }
    public IReadOnlyList<SpanNode> Children => _children;

    /// <summary>Place in <see cref="SpanTree.Nodes"/>.</summary>
    public int Index { get; internal set; }

    public int Depth { get; private set; }
    public long Start { get; private set; }
    public long End { get; private set; }

    /// <summary>By how much the span and what follows from it were moved, because the clocks of two machines disagree. Microseconds.</summary>
    public long Shift { get; private set; }

    /// <summary>The clock of this span's process is behind its parent's: the span said to have started before what caused it.</summary>
    public bool IsSkewed => Shift > (Parent?.Shift ?? 0);

    /// <summary>The parent is missing; the span hangs on the root, so that its time is not lost.</summary>
    public bool IsAdopted { get; private set; }

    /// <summary>What led to the span is missing. What led to a request is the caller's affair.</summary>
    public bool IsCauseMissing => IsAdopted || (Parent is null && Span.ParentId is not null && Span.Kind is not ActivityKind.Server);

    /// <summary>Nobody waits for the span: it is handed over by a message, or runs in a slot of its own.</summary>
    public bool IsDetached => Parent is not null && (IsAdopted || IsHandedOver || IsSandbox);

    /// <summary>1 for a first attempt.</summary>
    public int Attempt => (int)(Span.Number(SpanAttributes.Attempt) ?? (IsSandbox ? Span.Number(SpanAttributes.ExecutionAttempt) : null) ?? 1);

    /// <summary>What the span's time is spent on where no child tells more.</summary>
    public TimeCategory Category { get; private set; }

    internal bool IsSandbox => Span.Name == SpanNames.SandboxRun;
    internal bool IsHandedOver => Span.Kind is ActivityKind.Consumer && Parent?.Span.Kind is ActivityKind.Producer;
    internal bool IsRetry => Attempt > 1 || Span.Name == SpanNames.DeadLetterRetry;

    /// <summary>Before this time the span was not meant to start.</summary>
    internal long? NotBefore => Span.Number(SpanAttributes.RetryNotBefore) is { } milliseconds
        ? (long)(milliseconds * MicrosecondsPerMillisecond) + Shift
        : null;

    internal void Add(SpanNode child, bool adopted = false)
    {
        _children.Add(child);
        child.Parent = this;
        child.IsAdopted = adopted;
    }

    internal void BecomeRoot()
    {
        Parent?._children.Remove(this);
        Parent = null;
    }

    internal void SortChildren() => _children.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));

    /// <summary>Takes over what follows from the parent, which is settled already.</summary>
    internal void Settle()
    {
        if (Parent is not { } parent)
        {
            Category = OwnCategory;
            return;
        }

        Depth = parent.Depth + 1;
        Category = !IsDetached && parent.Category is TimeCategory.RateLimit or TimeCategory.Notification ? parent.Category : OwnCategory;
        Shift = parent.Shift;
        var early = Math.Max(0, parent.Start - (Span.Start + Shift));
        if (early > 0 && Span.IsSameProcess(parent.Span))
        {
            // One clock: the span was begun with an earlier time on purpose, for instance when a claim was looked for.
            Start = parent.Start;
            End = Math.Max(End + Shift, Start);
            return;
        }

        Shift += early;
        Start += Shift;
        End += Shift;
    }

    private TimeCategory OwnCategory =>
        Span.Attributes.ContainsKey(SpanAttributes.DatabaseSystem) ? TimeCategory.Database
        : Span.Kind is ActivityKind.Producer ? TimeCategory.Publish
        : Span.Name.StartsWith(RateLimits, StringComparison.Ordinal) ? TimeCategory.RateLimit
        : Span.Name.StartsWith(Notifications, StringComparison.Ordinal) ? TimeCategory.Notification
        : Span.Kind is ActivityKind.Client ? TimeCategory.Http
        : TimeCategory.OwnCode;
}
