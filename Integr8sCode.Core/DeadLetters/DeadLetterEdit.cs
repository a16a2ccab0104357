namespace Integr8sCode.DeadLetters;

/// <summary>What an operator made of a message: another event, caused by the one that failed.</summary>
/// <param name="EventId">The new event's own id.</param>
public sealed record DeadLetterEdit(byte[] Key, byte[] Value, Guid EventId, string EventType);
