using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

/// <summary>What a message says of itself that was a dead letter and is tried again.</summary>
/// <param name="ConsumerGroup">The only group that the retry is for; all others have had the message.</param>
/// <param name="Previous">Context of the try before it.</param>
internal sealed record MessageRetry(Guid LetterId, string? ConsumerGroup, int Count, ActivityContext Previous)
{
    /// <returns><see langword="null"/> for a message that is no retry.</returns>
    public static MessageRetry? Of(Headers headers)
    {
        if (!Guid.TryParse(MessageHeaders.TextOf(headers, DeadLetterHeaders.Id), out var letterId))
        {
            return null;
        }

        int.TryParse(
            MessageHeaders.TextOf(headers, DeadLetterHeaders.RetryCount), NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        var previous = Telemetry.ContextOf(MessageHeaders.TextOf(headers, DeadLetterHeaders.TraceParent));
        return new(letterId, MessageHeaders.TextOf(headers, DeadLetterHeaders.ConsumerGroup), count, previous);
    }
}
