using System.Globalization;

namespace Integr8sCode.Spans;

/// <summary>One span as OTLP describes it. Times are nanoseconds since 1970.</summary>
internal sealed class Span
{
    public TraceId TraceId { get; set; }
    public ulong SpanId { get; set; }

    /// <summary>The span this one was started under; 0 for a root.</summary>
    public ulong ParentId { get; set; }

    public string TraceState { get; set; } = "";
    public uint Flags { get; set; }
    public string Name { get; set; } = "";
    public SpanKind Kind { get; set; }
    public long Start { get; set; }
    public long End { get; set; }
    public StatusCode Status { get; set; }
    public string StatusMessage { get; set; } = "";
    public List<KeyValuePair<string, object?>> Attributes { get; } = [];
    public List<SpanEvent> Events { get; } = [];
    public List<SpanLink> Links { get; } = [];

    /// <summary>Never negative: a clock that was set back while the span ran makes it zero.</summary>
    public long Duration => Math.Max(0, End - Start);

    public bool IsError => Status is StatusCode.Error;

    public static string Hex(ulong spanId) => spanId.ToString("x16", CultureInfo.InvariantCulture);
}
