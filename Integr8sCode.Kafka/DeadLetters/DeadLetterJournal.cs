namespace Integr8sCode.DeadLetters;

/// <summary>The one way a dead letter comes into being or comes back: stored first, announced second.</summary>
internal sealed class DeadLetterJournal(
    IDeadLetterStore letters, IRetryPolicyStore policies, DeadLetterPublisher publisher, BrokerEpochs epochs)
{
    /// <summary>How long a letter may take through the topic before the dlq-processor takes it from the store.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static DateTimeOffset DueAfter(DateTimeOffset failedAt) => failedAt + Patience;

    /// <summary>Keeps a failure once, however often the message comes.</summary>
    public async Task RecordAsync(DeadLetter failed, MessageRetry? retry, CancellationToken cancellationToken)
    {
        var known = retry is null ? null : await letters.FindAsync(retry.LetterId, cancellationToken);
        var stored = known ?? await letters.AddAsync(await PlaceAsync(failed), cancellationToken);
        if (stored.Id != failed.Id)
        {
            var (failure, due) = (failed.State.Failure, DueAfter(failed.State.Failure.FailedAt));
            stored = await letters.ChangeAsync(stored, letter => letter.FailAgain(failure, retry?.Count, due), cancellationToken);
        }

        if (stored is not null)
        {
            publisher.Announce(stored, await policies.GetAsync(stored.Message.Topic, cancellationToken));
        }
    }

    public async Task ResolveAsync(Guid letterId, DeadLetterNote note, CancellationToken cancellationToken)
    {
        if (await letters.FindAsync(letterId, cancellationToken) is { } letter)
        {
            await letters.ChangeAsync(letter, current => current.Resolve(note), cancellationToken);
        }
    }

    private async Task<DeadLetter> PlaceAsync(DeadLetter letter) =>
        letter with { BrokerEpoch = await epochs.FindAsync(letter.Message.Topic) };
}
