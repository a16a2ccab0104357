namespace Integr8sCode.Spans;

/// <summary>A span's tags as Jaeger names them: its attributes, and what OTLP keeps in fields of its own.</summary>
internal static class SpanTags
{
    public static IEnumerable<KeyValuePair<string, object?>> Of(Span span, Origin origin)
    {
        foreach (var attribute in span.Attributes)
        {
            yield return attribute;
        }

        if (span.Kind is not SpanKind.Unspecified)
        {
            yield return new("span.kind", KindText(span.Kind));
        }

        if (span.Status is not StatusCode.Unset)
        {
            yield return new("otel.status_code", span.IsError ? "ERROR" : "OK");
        }

        if (span.IsError)
        {
            yield return new("error", true);
        }

        foreach (var (key, text) in new (string, string)[]
        {
            ("otel.status_description", span.StatusMessage), ("otel.scope.name", origin.ScopeName),
            ("otel.scope.version", origin.ScopeVersion), ("w3c.tracestate", span.TraceState),
        })
        {
            if (text.Length > 0)
            {
                yield return new(key, text);
            }
        }
    }

    /// <summary>Everything a tag search looks at, resource apart: tags, and the names and attributes of events.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Searchable(Span span, Origin origin) =>
        Of(span, origin).Concat(span.Events.SelectMany(e => e.Attributes.Prepend(new("event", e.Name))));

    public static string KindText(SpanKind kind) => kind switch
    {
        SpanKind.Server => "server",
        SpanKind.Client => "client",
        SpanKind.Producer => "producer",
        SpanKind.Consumer => "consumer",
        SpanKind.Internal => "internal",
        _ => "",
    };
}
