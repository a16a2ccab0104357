using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Integr8sCode.Events;

/// <summary>
/// One fact of an execution's stream, and the envelope that Kafka carries. The trace context is kept beside the event, never in its
/// JSON: on Kafka it travels as plain W3C headers.
/// </summary>
public sealed record Event
{
    /// <summary>UUIDv7; consumers deduplicate by it.</summary>
    public required Guid EventId { get; init; }

    /// <summary>One of <see cref="EventTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Version of the shape of <see cref="Data"/> for this type.</summary>
    public int Version
    {
        get;
        init => field = value == 0 ? 1 : value; // the generated JSON reader passes 0 where the field is absent
    } = 1;

    public required DateTimeOffset Time { get; init; }

    public required Guid ExecutionId { get; init; }

    /// <summary>
    /// Position in the execution's stream, from 1 without gaps; two events can never hold the same one. 0 for a message that only rings
    /// a bell and is no part of any stream.
    /// </summary>
    public required long Sequence { get; init; }

    /// <summary>Whether the event store keeps it.</summary>
    [JsonIgnore]
    public bool IsRecorded => Sequence > 0;

    public required string CorrelationId { get; init; }

    public required string UserId { get; init; }

    /// <summary>Service that recorded the event.</summary>
    public required string Service { get; init; }

    public required JsonElement Data { get; init; }

    [JsonIgnore]
    public string? TraceParent { get; init; }

    [JsonIgnore]
    public string? TraceState { get; init; }

    /// <summary>The stored trace context; <see langword="default"/> where none or a malformed one was stored.</summary>
    [JsonIgnore]
    public ActivityContext TraceContext => Telemetry.ContextOf(TraceParent, TraceState);

    public T Read<T>(JsonTypeInfo<T> type) =>
        Data.Deserialize(type) ?? throw new JsonException($"The data of {Type} {EventId} is null.");
}
