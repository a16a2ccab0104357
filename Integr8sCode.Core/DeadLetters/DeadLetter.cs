using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

/// <summary>
/// A message that no handler could take, byte for byte as it came, and what became of it. It changes only through the moves, each of
/// which notes who, when and why.
/// </summary>
public sealed partial record DeadLetter
{
    private const string ReplaySession = "replay_session_id"; // the header of a message that a replay sent once more

    /// <summary>UUIDv7 of the first failure.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose handler failed; a retry is for this group only.</summary>
    public required string ConsumerGroup { get; init; }

    public required RawMessage Message { get; init; }

    /// <summary>Whose offsets the message's offset is one of: a topic that was lost with its broker and made anew has another. Absent where the broker does not tell.</summary>
    public string? BrokerEpoch { get; init; }

    /// <summary>The event's id where the message could be decoded, as the two below.</summary>
    public Guid? EventId { get; init; }

    public string? EventType { get; init; }
    public Guid? ExecutionId { get; init; }

    /// <summary>Kept apart from the rest, which is large and never changes.</summary>
    [JsonIgnore]
    public DeadLetterState State { get; init; } = null!;

    /// <summary>
    /// What makes the message one: its group and event (and the session that replayed it), or where it has no id its group, its place, which
    /// is of one life of the broker only, and its bytes, for a broker that does not tell its lives apart.
    /// </summary>
    [JsonIgnore]
    public string Identity => EventId is { } eventId
        ? $"{ConsumerGroup}/{eventId}/{Message.TextOf(ReplaySession)}".TrimEnd('/')
        : $"{ConsumerGroup}/{BrokerEpoch}/{Message.Topic}/{Message.Partition}/{Message.Offset}/{HashOf(Message.Key)}/{HashOf(Message.Value)}";

    /// <summary>Letters of one line are retried one after the other, the oldest first; <see langword="null"/> without a key.</summary>
    [JsonIgnore]
    public string? Line => Message.Key is null ? null : $"{ConsumerGroup}/{Message.Topic}/{HashOf(Message.Key)}";

    private static string HashOf(byte[]? bytes) => bytes is null ? "" : Convert.ToHexStringLower(SHA256.HashData(bytes));
}
