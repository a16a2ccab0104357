using Microsoft.OpenApi;

namespace Integr8sCode;

/// <summary>What the parameters are, the headers among them that handlers read by themselves.</summary>
internal static class OpenApiParameters
{
    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["id"] = "Which one.",
        ["key_id"] = "Which key.",
        ["topic"] = "A topic of Kafka: execution_events, execution_tasks or notification_events.",
        ["channel"] = "in_app, webhook or slack.",
        ["columns"] = "How wide the terminal is that a waterfall is for.",
        ["limit"] = "How many at most.",
        ["cursor"] = "The next_cursor of an earlier page.",
        ["from"] = "Not before this RFC 3339 time, for example 2026-01-31T12:00:00Z.",
        ["dry_run"] = "true: compares and changes nothing.",
        ["format"] = "ndjson, the default, or csv.",
        ["order"] = "asc or desc, by time.",
        ["to"] = "Before this RFC 3339 time.",
    };

    private static readonly (string Name, string Description) LastEventId =
        ("Last-Event-ID", "The id of the last item that was read: the stream goes on behind it.");

    private static readonly Dictionary<string, (string Name, string Description)> Headers = new()
    {
        ["Execute"] = ("Idempotency-Key", "1 to 128 visible ASCII characters: the same key and body is the same execution."),
        ["StreamExecution"] = LastEventId,
        ["StreamNotifications"] = LastEventId,
        ["StreamReplayProgress"] = LastEventId,
    };

    public static void Add(OpenApiOperation operation)
    {
        if (Headers.TryGetValue(operation.OperationId ?? "", out var header))
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = header.Name,
                In = ParameterLocation.Header,
                Description = header.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description ??= Meanings.GetValueOrDefault(parameter.Name ?? "", $"Only with this {parameter.Name?.Replace('_', ' ')}.");
        }
    }
}
