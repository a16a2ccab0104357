using Integr8sCode.Executions;

namespace Integr8sCode.Mongo;

internal sealed record WorkerDocument(string Id, DateTimeOffset AliveUntil, WorkerAnnouncement Announcement);
