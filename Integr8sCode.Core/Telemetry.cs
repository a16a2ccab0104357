using System.Diagnostics;

namespace Integr8sCode;

/// <summary>The one trace source of the platform's own spans, and the names they use.</summary>
public static class Telemetry
{
    /// <summary>Name of the <see cref="ActivitySource"/> and of the meter; ServiceDefaults subscribes to it.</summary>
    public const string SourceName = "Integr8sCode";

    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>
    /// The W3C context to hand on: that of the current span or, where nothing records, the one that came in, unchanged.
    /// </summary>
    public static ActivityContext CurrentContext
    {
        get
        {
            var activity = Activity.Current;
            while (activity is { Source.Name: "", Parent: { } outer })
            {
                activity = outer;
            }

            return activity switch
            {
                null => default,
                { Source.Name: "" } carrier when carrier.ParentSpanId != default =>
                    new(carrier.TraceId, carrier.ParentSpanId, carrier.ActivityTraceFlags, carrier.TraceStateString),
                _ => activity.Context,
            };
        }
    }

    /// <summary>The context as the text of a <c>traceparent</c> header.</summary>
    public static string TraceParentOf(ActivityContext context) =>
        $"00-{context.TraceId}-{context.SpanId}-{(int)context.TraceFlags:x2}";

    /// <returns>The context of the headers or the stored texts; <see langword="default"/> where there is none or a malformed one.</returns>
    public static ActivityContext ContextOf(string? traceParent, string? traceState = null) =>
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var context) ? context : default;

    /// <summary>
    /// Starts a span under <paramref name="parent"/>. Where nothing listens (<c>OTEL_SDK_DISABLED=true</c>) an unrecorded activity
    /// still becomes current, so the context that came in is the one that goes out.
    /// </summary>
    /// <param name="startTime">When the work began; now where it is not given.</param>
    public static Activity Continue(
        string name, ActivityKind kind, ActivityContext parent, IEnumerable<KeyValuePair<string, object?>>? tags = null,
        DateTimeOffset startTime = default)
    {
        if (Source.StartActivity(name, kind, parent, tags, links: null, startTime) is { } recorded)
        {
            return recorded;
        }

        var carrier = new Activity(name);
        if (parent != default)
        {
            carrier.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
            carrier.TraceStateString = parent.TraceState;
        }

        return carrier.Start();
    }
}
