namespace Integr8sCode.Events;

#pragma warning disable CA1711 // it handles messages; no delegate is meant
/// <summary>What a consumer group does with each message as it is, whatever is in it.</summary>
public interface IMessageHandler
#pragma warning restore CA1711
{
    /// <summary>
    /// Commits the message's effect and returns, one message of a key at a time and in order. A message may come again. A throw says that
    /// the store is away: the offset stays, health says why, and the message is handed over again until it passes.
    /// </summary>
    /// <param name="cancellationToken">Set when the partition was taken away or the process stops; the message then comes again.</param>
    Task HandleAsync(RawMessage message, CancellationToken cancellationToken);
}
