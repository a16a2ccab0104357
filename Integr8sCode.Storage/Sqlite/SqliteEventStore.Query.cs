using Integr8sCode.Events;

namespace Integr8sCode.Sqlite;

/// <content>The questions about the events of all executions.</content>
internal sealed partial class SqliteEventStore
{
    internal const string Place = "SELECT recorded_at, sequence, position FROM events WHERE event_id = $id";

    public Task<IReadOnlyList<Event>?> QueryAsync(EventFilter filter, EventPage page, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Event>?>(Finding, session => Query(session, filter, page), cancellationToken);

    public Task<IReadOnlyList<EventCount>> CountAsync(EventFilter filter, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<EventCount>>(
            Finding,
            session =>
            {
                var (sql, parameters) = new SqliteEventQuery(filter).Count();
                return session.Query(
                    sql,
                    row => new EventCount(row.ReadTime(0), row.GetString(1), row.GetString(2), row.GetInt64(3)),
                    parameters);
            },
            cancellationToken);

    private static List<Event>? Query(SqliteSession session, EventFilter filter, EventPage page)
    {
        var place = page.After is { } after
            ? session.Find(Place, row => new RecordingPlace(row.ReadTime(0), row.GetInt64(1), row.GetInt64(2)), ("$id", after))
            : null;
        if (place is null && page.After is not null)
        {
            return null;
        }

        var (sql, parameters) = new SqliteEventQuery(filter).List(Columns, page, place);
        return session.Query(sql, ReadEvent, parameters);
    }
}
