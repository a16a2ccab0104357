using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Integr8sCode.DeadLetters;

/// <summary>A message that no handler could take, byte for byte as it came, with what went wrong.</summary>
public sealed record DeadLetter
{
    public required Guid Id { get; init; }
    public required string ConsumerGroup { get; init; }
    public required string Topic { get; init; }
    public required int Partition { get; init; }
    public required long Offset { get; init; }
    public byte[]? Key { get; init; }
    public byte[]? Value { get; init; }
    public required IReadOnlyList<DeadLetterHeader> Headers { get; init; }

    /// <summary>The event's id where the message could be decoded.</summary>
    public Guid? EventId { get; init; }

    public string? EventType { get; init; }
    public required DeadLetterStage Stage { get; init; }
    public required string ExceptionType { get; init; }
    public required string ExceptionMessage { get; init; }

    /// <summary>At most 4 KiB.</summary>
    public string? StackTrace { get; init; }

    /// <summary>How often the handler was tried before giving up.</summary>
    public required int Attempts { get; init; }

    public required DateTimeOffset FirstFailedAt { get; init; }
    public required DateTimeOffset FailedAt { get; init; }

    /// <summary>Context of the failed <c>kafka.consume</c> span.</summary>
    public string? TraceParent { get; init; }

    /// <summary>
    /// What makes the message one: its group and event, or where it could not be decoded its group, position and bytes, since a broker
    /// that was born again counts its offsets from zero.
    /// </summary>
    [JsonIgnore]
    public string Identity => EventId is { } eventId
        ? $"{ConsumerGroup}/{eventId}"
        : $"{ConsumerGroup}/{Topic}/{Partition}/{Offset}/{HashOf(Key)}/{HashOf(Value)}";

    private static string HashOf(byte[]? bytes) => bytes is null ? "" : Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <summary>One header of the original message; repeated names and null values are kept.</summary>
public sealed record DeadLetterHeader(string Name, byte[]? Value);
