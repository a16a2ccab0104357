using System.Text.Json;

namespace Integr8sCode.Events;

/// <summary>From the bytes of a message to an event.</summary>
internal static class EventDecoder
{
    /// <exception cref="JsonException">The bytes are no event.</exception>
    public static Event Decode(byte[]? value) => value is { Length: > 0 }
        ? JsonSerializer.Deserialize(value, CoreJson.Default.Event) ?? throw new JsonException("The message is a JSON null.")
        : throw new JsonException("The message has no value.");

    /// <exception cref="InvalidEventException">A field has a value that no event of ours has.</exception>
    public static void Validate(Event message)
    {
        if (!EventTypes.All.Contains(message.Type))
        {
            throw new InvalidEventException($"Unknown event type '{message.Type}'.");
        }

        if (message.EventId == Guid.Empty || message.ExecutionId == Guid.Empty)
        {
            throw new InvalidEventException("An event needs an event_id and an execution_id.");
        }
    }
}
