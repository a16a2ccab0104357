using System.Text.Json.Nodes;
using Integr8sCode.DeadLetters;
using Integr8sCode.Executions;
using Integr8sCode.Notifications;
using Integr8sCode.RateLimits;
using Integr8sCode.Replays;
using Integr8sCode.Settings;
using Integr8sCode.Users;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Integr8sCode;

/// <summary>A body for each request that takes one; a test sends them all.</summary>
internal static class OpenApiExamples
{
    private const string Json = "application/json";

    private static readonly Dictionary<Type, string> Examples = new()
    {
        [typeof(SubmitExecution)] = """{ "script": "import sys\nprint(6 * 7, sys.argv[1:])", "language": "python", "args": ["a"], "timeout_seconds": 5 }""",
        [typeof(EditDeadLetter)] =
            """
            {
              "reason": "The language was misspelt",
              "value": {
                "event_id": "019c0000-0000-7000-8000-000000000001", "type": "execution.requested", "version": 1, "time": "2026-01-01T00:00:00Z",
                "execution_id": "019c0000-0000-7000-8000-000000000002", "sequence": 1, "correlation_id": "by-hand", "user_id": "user",
                "service": "by-hand", "data": { "script": "print(6 * 7)", "language": "python" }
              }
            }
            """,
        [typeof(CloseDeadLetter)] = """{ "reason": "A test message" }""",
        [typeof(RetryDeadLetters)] = """{ "matching": { "status": "dead", "topic": "notification_events" } }""",
        [typeof(PutRetryPolicy)] = """{ "version": 0, "strategy": "fixed_interval", "max_retries": 10, "base_delay_seconds": 15 }""",
        [typeof(CreateReplay)] = """{ "filter": { "user_id": "user", "event_types": ["execution.completed"] }, "dry_run": true, "speed": 10 }""",
        [typeof(SaveSubscription)] =
            """{ "severities": ["medium", "high", "urgent"], "exclude_tags": ["language:bash"] }""",
        [typeof(PutRateLimits)] =
            """{ "version": 7, "rules": [{ "name": "api", "group": "api", "requests": 120, "window_seconds": 60, "algorithm": "sliding_window" }] }""",
        [typeof(PutUserRateLimits)] = """{ "multiplier": 4, "notes": "demo on Friday" }""",
        [typeof(PutSettings)] = """{ "version": 7, "default_limits": { "timeout_seconds": 5 }, "running_cap": 4, "sampling_ratio": 0.1 }""",
        [typeof(CreateUser)] = """{ "user_id": "alice", "role": "user" }""",
        [typeof(ChangeUser)] = """{ "disabled": true }""",
        [typeof(CreateApiKey)] = """{ "name": "laptop" }""",
        [typeof(RotateApiKey)] = """{ "overlap_seconds": 3600 }""",
    };

    public static void Add(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var body = context.Description.ParameterDescriptions.Select(parameter => parameter.Type).FirstOrDefault(Examples.ContainsKey);
        if (body is not null && operation.RequestBody?.Content?.TryGetValue(Json, out var content) is true)
        {
            content.Example = JsonNode.Parse(Examples[body]);
        }
    }
}
