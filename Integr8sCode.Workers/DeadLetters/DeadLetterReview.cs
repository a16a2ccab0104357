using System.Diagnostics;
using Integr8sCode.Events;

namespace Integr8sCode.DeadLetters;

/// <summary>Looks at a failure once, inside its <c>dlq.consume</c> span, and does what the policy of its topic says.</summary>
internal sealed class DeadLetterReview(IDeadLetterStore letters, IRetryPolicyStore policies, IEventStore events, TimeProvider clock)
{
    /// <param name="announced">The message that told of it; <see langword="null"/> where the letter was found in the store.</param>
    public async Task ReviewAsync(DeadLetter letter, AnnouncedLetter? announced, CancellationToken cancellationToken)
    {
        using var span = ConsumedLetter.Start(letter, announced, clock.GetUtcNow());
        if (await FindRequestAsync(letter, cancellationToken) is { } request)
        {
            ConsumedLetter.Link(span, request);
        }

        var policy = await policies.GetAsync(letter.Message.Topic, cancellationToken);
        var traceParent = Telemetry.CurrentContext is var context && context == default ? null : Telemetry.TraceParentOf(context);
        var followed = announced is not null && announced.RetryCount != letter.State.RetryCount ? null : await letters.ChangeAsync(
            letter,
            current => current.Follow(
                policy.Decide(current.State, clock.GetUtcNow(), Random.Shared.NextDouble()),
                DeadLetterRegistration.Role, clock.GetUtcNow(), traceParent),
            cancellationToken);
        ConsumedLetter.Decide(span, policy, followed);
    }

    /// <returns>The span of the request that the execution began with; <see langword="null"/> where the message is about none.</returns>
    private async Task<ActivityContext?> FindRequestAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        letter.ExecutionId is { } executionId
        && await events.ListAsync(executionId, cancellationToken) is [var first, ..]
        && first.TraceContext != default
            ? first.TraceContext
            : null;
}
