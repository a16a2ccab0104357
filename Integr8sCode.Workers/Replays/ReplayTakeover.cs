using System.Collections.Frozen;
using Integr8sCode.Events;

namespace Integr8sCode.Replays;

/// <summary>Before a replayer publishes: where do the topics end, and what has a dead replayer left there that the cursor does not know of?</summary>
internal sealed class ReplayTakeover(ReplayedMessages messages)
{
    private static readonly string[] OwnTopics = [.. EventTypes.All.Select(Topics.Of).Distinct()];

    public async Task<IReadOnlySet<(Guid EventId, string Topic)>> EnterAsync(
        ReplayHold hold, string? traceParent, CancellationToken cancellationToken)
    {
        var topics = hold.Session.Plan.Topics ?? OwnTopics;
        // The client blocks while it asks Kafka: on a thread of its own, so that no other session waits for the answer.
        var ends = hold.Session is { Plan.DryRun: false, Offsets: null }
            ? await Task.Run(() => messages.FindEnds(topics), cancellationToken)
            : [];
        await hold.EnterAsync(traceParent, ends);

        return hold is { IsTakenOver: true, Session: { Plan.DryRun: false, Offsets: { } offsets } }
            ? await Task.Run(() => messages.Find(hold.Session.Id, [.. topics], offsets, cancellationToken), cancellationToken)
            : FrozenSet<(Guid, string)>.Empty;
    }
}
