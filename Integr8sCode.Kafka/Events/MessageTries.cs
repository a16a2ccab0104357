using System.Diagnostics;
using System.Text.Json;
using Confluent.Kafka;
using Integr8sCode.DeadLetters;
using Integr8sCode.Replays;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.Events;

/// <summary>
/// One message, to its end: handled, known from before, or a dead letter. Throws only when the inbox or the dead letters cannot be
/// reached, which is no fault of the message.
/// </summary>
internal sealed class MessageTries(
    EventSubscription subscription, IInbox inbox, DeadLetterRecorder deadLetters, TimeProvider clock, ILogger<MessageTries> logger)
    : IMessageRunner
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(60)];

    // By its headers, so that nothing is decoded or traced that the group does not want. What has no known type is looked into.
    public bool IsForOthers(ConsumeResult<byte[], byte[]> record) =>
        MessageRetry.Of(record.Message.Headers) is { } retry
            ? retry.ConsumerGroup != subscription.Group
            : MessageHeaders.TextOf(record.Message.Headers, MessageHeaders.EventType) is { } type
                && EventTypes.All.Contains(type)
                && !(subscription.Handler.Handles(type) && (subscription.Handler.HandlesReplays || !IsReplayed(record)));

    /// <returns>Why the message became a dead letter; <see langword="null"/> when it did not.</returns>
    public async Task<Exception?> RunAsync(ConsumeResult<byte[], byte[]> record, CancellationToken cancellationToken)
    {
        var firstFailedAt = default(DateTimeOffset?);
        var retry = MessageRetry.Of(record.Message.Headers);
        var previous = retry?.Previous ?? default;
        for (var attempt = 1; ; attempt++)
        {
            using var span = ConsumeSpan.Start(record, subscription.Group, clock.GetUtcNow());
            ConsumeSpan.Retry(span, attempt, previous, retry);
            if (await TryAsync(record, span, cancellationToken) is not { } failure)
            {
                await deadLetters.ResolveAsync(retry, cancellationToken);
                return null;
            }

            firstFailedAt ??= clock.GetUtcNow();
            ConsumeSpan.Fail(span, failure.Exception);
            if (failure.IsPermanent || attempt > Pauses.Length)
            {
                await deadLetters.RecordAsync(record, failure, attempt, firstFailedAt.Value, cancellationToken);
                return failure.Exception;
            }

            previous = span.Context;
            span.Stop();
            await Task.Delay(Pauses[attempt - 1], clock, cancellationToken);
        }
    }

    private static bool IsReplayed(ConsumeResult<byte[], byte[]> record) =>
        MessageHeaders.ReplaySessionOf(record.Message.Headers) is not null;

    private async Task<MessageFailure?> TryAsync(
        ConsumeResult<byte[], byte[]> record, Activity span, CancellationToken cancellationToken)
    {
        Event message;
        try
        {
            message = EventDecoder.Decode(record.Message.Value);
        }
        catch (JsonException unreadable)
        {
            return new(DeadLetterStage.Decode, unreadable, Message: null);
        }

        ConsumeSpan.Describe(span, message);
        using var scope = MessageScope.Begin(logger, message);
        var id = InboxIdOf(record, message);
        if (await inbox.ContainsAsync(subscription.Group, id, cancellationToken))
        {
            span.SetTag(SpanAttributes.Duplicate, true);
            return null;
        }

        if (await HandleAsync(message, span, cancellationToken) is { } failure)
        {
            return failure;
        }

        await inbox.AddAsync(subscription.Group, id, clock.GetUtcNow(), cancellationToken);
        return null;
    }

    // A replayed event was handled before, or should have been: it counts once for each session that sends it.
    private static Guid InboxIdOf(ConsumeResult<byte[], byte[]> record, Event message) =>
        MessageHeaders.ReplaySessionOf(record.Message.Headers) is { } session ? ReplayId.Of(session, message.EventId) : message.EventId;

    private async Task<MessageFailure?> HandleAsync(Event message, Activity span, CancellationToken cancellationToken)
    {
        try
        {
            EventDecoder.Validate(message);
            if (subscription.Handler.Handles(message.Type))
            {
                await subscription.Handler.HandleAsync(message, cancellationToken);
            }

            return null;
        }
        catch (Exception invalid) when (invalid is InvalidEventException or JsonException)
        {
            return new(DeadLetterStage.Validate, invalid, message);
        }
        catch (StoreUnavailableException away)
        {
            ConsumeSpan.Fail(span, away); // no fault of the message, which waits for the store like its group
            throw;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return new(DeadLetterStage.Handle, failure, message);
        }
    }
}
