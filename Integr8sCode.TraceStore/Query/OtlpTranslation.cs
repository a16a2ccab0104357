using System.Globalization;
using Integr8sCode.Spans;

namespace Integr8sCode.Query;

internal static class OtlpTranslation
{
    public static OtlpTrace Of(IEnumerable<OwnedSpan> spans) => new(
        [.. spans.GroupBy(span => span.Origin).Select(group => new OtlpTrace.ResourceGroup(
            new(Attributes(group.Key.Resource)),
            [new(Scope(group.Key), [.. group.Select(owned => Span(owned.Span))])]))]);

    private static OtlpTrace.Scope Scope(Origin origin) =>
        new(NotEmpty(origin.ScopeName), NotEmpty(origin.ScopeVersion), Attributes(origin.ScopeAttributes));

    private static OtlpTrace.Span Span(Span span) => new(
        span.TraceId.ToString(), Spans.Span.Hex(span.SpanId), NotEmpty(span.TraceState),
        span.ParentId == 0 ? null : Spans.Span.Hex(span.ParentId),
        span.Flags == 0 ? null : span.Flags,
        span.Name,
        span.Kind is SpanKind.Unspecified ? null : (int)span.Kind,
        Text(span.Start), Text(span.End),
        Attributes(span.Attributes),
        NotEmpty(span.Events.ConvertAll(e => new OtlpTrace.Event(Text(e.Time), e.Name, Attributes(e.Attributes)))),
        NotEmpty(span.Links.FindAll(link => link.IsValid).ConvertAll(Link)),
        new(NotEmpty(span.StatusMessage), span.Status is StatusCode.Unset ? null : (int)span.Status));

    private static OtlpTrace.Link Link(SpanLink link) =>
        new(link.TraceId.ToString(), Spans.Span.Hex(link.SpanId), NotEmpty(link.TraceState), Attributes(link.Attributes));

    private static List<OtlpTrace.Attribute>? Attributes(List<KeyValuePair<string, object?>> attributes) => NotEmpty(attributes.ConvertAll(Attribute));

    private static OtlpTrace.Attribute Attribute(KeyValuePair<string, object?> attribute) => new(attribute.Key, Value(attribute.Value));

    private static OtlpTrace.Value Value(object? value) => value switch
    {
        string text => new() { StringValue = text },
        bool flag => new() { BoolValue = flag },
        long number => new() { IntValue = Text(number) },
        double number when double.IsFinite(number) => new() { DoubleValue = number },
        byte[] bytes => new() { BytesValue = Convert.ToBase64String(bytes) },
        List<object?> items => new() { ArrayValue = new(items.ConvertAll(Value)) },
        List<KeyValuePair<string, object?>> pairs => new() { KvlistValue = new(pairs.ConvertAll(Attribute)) },
        _ => new() { StringValue = AttributeText.Of(value) }, // an empty value, infinity or no number: a client refuses the trace for what is none or both
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;

    private static List<T>? NotEmpty<T>(List<T> items) => items.Count == 0 ? null : items;
}
