using Integr8sCode.Events;

namespace Integr8sCode.Replays;

/// <summary>What a session replays, where to and how fast; never changes.</summary>
public sealed record ReplayPlan
{
    /// <summary>Most events of one session.</summary>
    public const long MaxEvents = 10_000_000;

    public const double MinSpeed = 0.01;
    public const double MaxSpeed = 1000;

    /// <summary>Which events. Has an end in time, so that no session meets the events it causes.</summary>
    public required EventFilter Filter { get; init; }

    /// <summary>Topics that get every event; <see langword="null"/> for the one that its type belongs to.</summary>
    public IReadOnlyList<string>? Topics { get; init; }

    /// <summary>Walks through the events, and publishes and executes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>The recorded pauses between the events are divided by this; <see langword="null"/> for as fast as possible.</summary>
    public double? Speed { get; init; }

    /// <summary>Ends after this many events.</summary>
    public long Limit { get; init; } = MaxEvents;

    /// <summary>
    /// An <c>execution.requested</c> is not published but its script executed once more, as a new execution of the same user.
    /// Otherwise no replayed event makes anything run.
    /// </summary>
    public bool Reexecute { get; init; }
}
