using System.Text;

namespace Integr8sCode.Events;

/// <summary>A Kafka message as it is: nothing of it is decoded, so that what nobody can read is kept too.</summary>
public sealed record RawMessage
{
    private const int LongestText = 8 * 1024;

    public required string Topic { get; init; }
    public required int Partition { get; init; }
    public required long Offset { get; init; }

    /// <summary>When it was produced, as the broker has it.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    public byte[]? Key { get; init; }
    public byte[]? Value { get; init; }
    public required IReadOnlyList<RawHeader> Headers { get; init; }

    /// <returns>The last value of that header; <see langword="null"/> where there is none, or it is longer than 8 KiB.</returns>
    public string? TextOf(string header) =>
        Headers.LastOrDefault(candidate => candidate.Name == header)?.Value is { Length: <= LongestText } value
            ? Encoding.UTF8.GetString(value)
            : null;
}

/// <summary>One header; a message may have several of a name, and headers without a value.</summary>
public sealed record RawHeader(string Name, byte[]? Value);
