namespace Integr8sCode.Replays;

public static class ReplayMoves
{
    /// <summary>Applies the move to the session, and again to its newest state whenever somebody else was faster.</summary>
    /// <returns>The session after the move; <see langword="null"/> where the move was refused or the session is gone.</returns>
    public static async Task<ReplaySession?> ChangeAsync(
        this IReplayStore sessions, ReplaySession session, Func<ReplaySession, ReplaySession?> move, CancellationToken cancellationToken)
    {
        for (var current = session; current is not null; current = await sessions.FindAsync(session.Id, cancellationToken))
        {
            if (move(current) is not { } next)
            {
                return null;
            }

            if (await sessions.SaveAsync(next, cancellationToken))
            {
                return next;
            }
        }

        return null;
    }
}
