namespace Integr8sCode.Mongo;

/// <param name="NotedAt">By the clock of the writing process, as a date: what the TTL index goes by.</param>
internal sealed record InboxDocument(string Id, DateTimeOffset HandledAt, DateTime NotedAt)
{
    public static string IdOf(string group, Guid eventId) => $"{group}/{eventId}";
}
