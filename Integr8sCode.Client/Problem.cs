using System.Text.Json.Serialization;

namespace Integr8sCode.Client;

/// <summary>An error as the API tells it (RFC 9457).</summary>
internal sealed record Problem
{
    public string? Title { get; init; }
    public string? Detail { get; init; }
    public string? Reason { get; init; }
    public Dictionary<string, string[]>? Errors { get; init; }

    [JsonPropertyName("traceId")]
    public string? TraceId { get; init; }
}
