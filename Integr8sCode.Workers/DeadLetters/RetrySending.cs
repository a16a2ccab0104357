using Confluent.Kafka;
using Microsoft.Extensions.Options;

namespace Integr8sCode.DeadLetters;

/// <summary>
/// Claims a due retry and sends it. A process that dies between the two leaves a lease behind, after which the same message is sent again
/// (same event id, same retry number): its consumer drops what it has handled.
/// </summary>
internal sealed partial class RetrySending(
    IDeadLetterStore letters, IRetryPolicyStore policies, DeadLetterPublisher publisher, IOptions<DeadLetterOptions> options, TimeProvider clock)
{
    public async Task SendAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        if (await IsUnansweredAsync(letter, cancellationToken))
        {
            var note = DeadLetterNote.Now(DeadLetterRegistration.Role, "Its retry found no consumer.", clock);
            await letters.SaveAsync(letter.GiveUp(note)!, cancellationToken);
            return;
        }

        var why = letter.State.Status is DeadLetterStatus.Retrying ? "Sent again: nobody has answered." : "Sent to its topic.";
        var claimed = letter.Claim(options.Value.Lease, DeadLetterNote.Now(DeadLetterRegistration.Role, why, clock));
        if (claimed is not null && await letters.SaveAsync(claimed, cancellationToken))
        {
            await PublishAsync(claimed, cancellationToken);
        }
    }

    private async Task PublishAsync(DeadLetter claimed, CancellationToken cancellationToken)
    {
        try
        {
            await publisher.RetryAsync(claimed, cancellationToken);
        }
        catch (KafkaException failure)
        {
            var note = DeadLetterNote.Now(DeadLetterRegistration.Role, $"Kafka did not take it: {failure.Error.Reason}", clock);
            await letters.ChangeAsync(claimed, current => current.Postpone(options.Value.Lease, note), cancellationToken);
        }
    }

    private async Task<bool> IsUnansweredAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        letter.State.RetryingSince is { } since
        && clock.GetUtcNow() - since > (await policies.GetAsync(letter.Message.Topic, cancellationToken)).MaxAge;
}
