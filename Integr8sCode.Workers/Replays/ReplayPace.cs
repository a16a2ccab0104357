namespace Integr8sCode.Replays;

/// <summary>When the session is due to come to an event: the recorded pauses, divided by the speed.</summary>
internal static class ReplayPace
{
    /// <param name="session">Whose last event was due when it says.</param>
    /// <param name="time">When the event happened. Clocks differ: one that seems to lie before the last is due at once.</param>
    public static DateTimeOffset DueAt(ReplaySession session, DateTimeOffset time, DateTimeOffset now)
    {
        if (session is not { Plan.Speed: { } speed, LastEventAt: { } last, PacedAt: { } paced } || time <= last)
        {
            return session.PacedAt is { } before && session.Plan.Speed is not null ? before : now;
        }

        var pause = (time - last).TotalSeconds / speed;
        return pause < (DateTimeOffset.MaxValue - paced).TotalSeconds - 1 ? paced.AddSeconds(pause) : DateTimeOffset.MaxValue;
    }
}
