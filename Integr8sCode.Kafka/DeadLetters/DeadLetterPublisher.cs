using System.Diagnostics;
using Confluent.Kafka;
using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

/// <summary>Puts dead letters on <c>dead_letter_queue</c>, and their messages back to where they came from.</summary>
public sealed class DeadLetterPublisher
{
    private readonly MessageSender _sender;
    private readonly BrokerLog _log;

    internal DeadLetterPublisher(MessageSender sender, BrokerLog log) => (_sender, _log) = (sender, log);

    /// <summary>
    /// Sends a letter that is already stored, without waiting: key, value and headers as they came, and what went wrong. Where Kafka does
    /// not take it, the dlq-processor finds it in the store.
    /// </summary>
    public void Announce(DeadLetter letter, RetryPolicy policy)
    {
        var current = Activity.Current;
        var span = PublishSpan.Start(letter, Topics.DeadLetterQueue);
        Activity.Current = current; // the span ends at the delivery report, long after this method returned
        var message = new Message<byte[], byte[]>
        {
            Key = letter.Message.Key!,
            Value = letter.Message.Value!,
            Headers = DeadLetterHeaders.Of(letter, policy),
        };
        _sender.Send(new(Topics.DeadLetterQueue, Partition.Any), message, span, report =>
        {
            if (report.Error.IsError)
            {
                _log.NotAnnounced(report.Error);
            }
        });
    }

    /// <summary>
    /// Sends the letter's message, or what an operator made of it, to its topic once more, and waits for the broker. The <c>dlq.retry</c>
    /// span continues the letter's <c>dlq.consume</c>, whenever that was.
    /// </summary>
    /// <exception cref="KafkaException">The broker did not take it.</exception>
    public async Task RetryAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var span = RetrySpan.Start(letter);
        var message = new Message<byte[], byte[]>
        {
            Key = (letter.State.Edit?.Key ?? letter.Message.Key)!,
            Value = (letter.State.Edit?.Value ?? letter.Message.Value)!,
            Headers = DeadLetterHeaders.OfRetry(letter, Telemetry.CurrentContext),
        };
        var answered = new TaskCompletionSource<Error>(TaskCreationOptions.RunContinuationsAsynchronously);
        _sender.Send(PlaceOf(letter), message, span, report => answered.TrySetResult(report.Error));
        if (await answered.Task.WaitAsync(cancellationToken) is { IsError: true } refusal)
        {
            throw new KafkaException(refusal);
        }
    }

    // The partition it came from, whatever put it there; an edited message goes where its key belongs.
    private static TopicPartition PlaceOf(DeadLetter letter) =>
        new(letter.Message.Topic, letter.State.Edit is null ? new Partition(letter.Message.Partition) : Partition.Any);
}
