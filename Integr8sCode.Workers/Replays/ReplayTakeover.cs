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
        var ends = hold.Session is { Plan.DryRun: false, Offsets: null } ? messages.FindEnds(topics) : [];
        await hold.EnterAsync(traceParent, ends);

        return hold is { IsTakenOver: true, Session: { Plan.DryRun: false, Offsets: { } offsets } }
            ? messages.Find(hold.Session.Id, [.. topics], offsets, cancellationToken)
            : FrozenSet<(Guid, string)>.Empty;
    }
}
