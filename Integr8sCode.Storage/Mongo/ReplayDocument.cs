using Integr8sCode.Replays;

namespace Integr8sCode.Mongo;

/// <param name="FreeAt">From when on a replayer may claim it; absent unless it runs.</param>
internal sealed record ReplayDocument(Guid Id, long Version, ReplayStatus Status, DateTimeOffset? FreeAt, ReplaySession Session)
{
    public static ReplayDocument Of(ReplaySession session) => new(session.Id, session.Version, session.Status, session.FreeAt, session);
}
