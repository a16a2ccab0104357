using System.Globalization;
using System.Text.Json.Nodes;

namespace Integr8sCode.Chaos;

/// <summary>A span that arrived in the trace store.</summary>
/// <param name="Instance">service.instance.id: one life of a process.</param>
/// <param name="Produced">For a consumer's span: when its message was produced.</param>
internal sealed record ExportedSpan(
    string Id, string? ParentId, string Name, string Service, string Instance, DateTimeOffset Start, Guid? EventId, DateTimeOffset? Produced)
{
    public static IReadOnlyList<ExportedSpan> ReadAll(JsonNode trace)
    {
        var processes = trace["processes"]!.AsObject();
        return [.. trace["spans"]!.AsArray().Select(span => Read(span!, processes[(string)span!["processID"]!]!))];
    }

    private static ExportedSpan Read(JsonNode span, JsonNode process)
    {
        var start = DateTimeOffset.UnixEpoch.AddMicroseconds((long)span["startTime"]!);
        var parent = span["references"]!.AsArray().FirstOrDefault(reference => (string)reference!["refType"]! == "CHILD_OF");
        var waited = TagOf(span, SpanAttributes.QueueWait);
        return new(
            (string)span["spanID"]!,
            (string?)parent?["spanID"],
            (string)span["operationName"]!,
            (string)process["serviceName"]!,
            TagOf(process, "service.instance.id") ?? "",
            start,
            Guid.TryParse(TagOf(span, SpanAttributes.EventId), out var eventId) ? eventId : null,
            waited is null ? null : start.AddMilliseconds(-double.Parse(waited, CultureInfo.InvariantCulture)));
    }

    private static string? TagOf(JsonNode node, string key) =>
        node["tags"]!.AsArray().FirstOrDefault(tag => (string)tag!["key"]! == key)?["value"]!.ToString();
}
