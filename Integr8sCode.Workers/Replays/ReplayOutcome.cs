namespace Integr8sCode.Replays;

/// <summary>What became of one event.</summary>
/// <param name="IsReexecuted">Its script was accepted once more.</param>
/// <param name="Places">Its messages; none where they were there already or the session publishes nothing.</param>
internal sealed record ReplayOutcome(bool IsReexecuted, IReadOnlyList<MessagePlace> Places);
