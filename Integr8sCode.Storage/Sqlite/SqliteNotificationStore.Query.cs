using Integr8sCode.Notifications;

namespace Integr8sCode.Sqlite;

/// <content>The reads.</content>
internal sealed partial class SqliteNotificationStore
{
    // Short transactions, so that a long prune makes no other writer wait.
    private const int PruneBatch = 1000;

    private const string Columns = "notification, status, version, read_at";

    // As its index has it: SQLite compares the texts.
    private const string IsUnread = "channel = 0 AND status = 2";

    internal const string Due = $"SELECT {Columns} FROM notifications WHERE due <= $now ORDER BY due LIMIT $limit";

    internal const string UnreadCount = $"SELECT count(*) FROM notifications WHERE user_id = $user AND {IsUnread}";

    internal const string Old =
        "DELETE FROM notifications WHERE id IN (SELECT id FROM notifications WHERE id < $before LIMIT $limit)";

    internal const string Crowded = "SELECT user_id FROM notifications GROUP BY user_id HAVING count(*) > $most";

    internal const string Surplus = """
        DELETE FROM notifications WHERE id IN (
            SELECT id FROM notifications WHERE user_id = $user
            ORDER BY created_at DESC, id DESC LIMIT $limit OFFSET $most)
        """;

    private static readonly StoreCall Finding = new("SELECT", "notifications");

    public Task<Notification?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            Finding,
            session => session.Find($"SELECT {Columns} FROM notifications WHERE id = $id", ReadNotification, ("$id", id)),
            cancellationToken);

    public Task<IReadOnlyList<Notification>> FindDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        QueryAsync(Due, [("$now", now), ("$limit", limit)], cancellationToken);

    public Task<IReadOnlyList<Notification>> ListAsync(NotificationFilter filter, CancellationToken cancellationToken)
    {
        var (sql, parameters) = Listing(filter);
        return QueryAsync(sql, parameters, cancellationToken);
    }

    public Task<IReadOnlyList<Notification>> ListSinceAsync(
        NotificationCursor after, IReadOnlyCollection<string> userIds, int limit, CancellationToken cancellationToken)
    {
        var users = System.Text.Json.JsonSerializer.Serialize(userIds);
        return QueryAsync(
            Since, [("$users", users), ("$time", after.CreatedAt), ("$id", after.Id), ("$limit", limit)], cancellationToken);
    }

    public Task<long> CountUnreadAsync(string userId, CancellationToken cancellationToken) =>
        database.ReadAsync(Finding, session => session.Find(UnreadCount, row => row.GetInt64(0), ("$user", userId)), cancellationToken);

    /// <summary>Only what the filter sets is in the statement, because SQLite chooses its index from the text.</summary>
    internal static (string Sql, (string Name, object? Value)[] Parameters) Listing(NotificationFilter filter)
    {
        (string Condition, string Name, object? Value)[] all =
        [
            ("user_id = $user", "$user", filter.UserId),
            ("status = $status", "$status", (long?)filter.Status),
            ("channel = $channel", "$channel", (long?)filter.Channel),
            ("severity = $severity", "$severity", (long?)filter.Severity),
            ($"EXISTS (SELECT 1 FROM json_each($include) WHERE {HasTag})", "$include", TagsOf(filter.IncludeTags)),
            ($"NOT EXISTS (SELECT 1 FROM json_each($exclude) WHERE {HasTag})", "$exclude", TagsOf(filter.ExcludeTags)),
            ("instr(tags, $prefix) > 0", "$prefix", filter.TagPrefix is { } prefix ? $"\n{prefix}" : null),
            ("(created_at, id) < ($time, $before)", "$time", filter.Before?.CreatedAt),
            ("$before IS NOT NULL", "$before", filter.Before?.Id),
        ];
        var set = all.Where(condition => condition.Value is not null).ToList();

        return (
            $"SELECT {Columns} FROM notifications WHERE {string.Join(" AND ", set.Select(condition => condition.Condition))} "
            + "ORDER BY created_at DESC, id DESC LIMIT $limit",
            [.. set.Select(condition => (condition.Name, condition.Value)), ("$limit", filter.Limit)]);
    }

    internal const string Since = $"""
        SELECT {Columns} FROM notifications
        WHERE user_id IN (SELECT value FROM json_each($users)) AND (created_at, id) > ($time, $id)
        ORDER BY created_at, id LIMIT $limit
        """;

    private const string HasTag = "instr(tags, char(10) || value || char(10)) > 0";

    private static string? TagsOf(IReadOnlyList<string>? tags) =>
        tags is { Count: > 0 } ? System.Text.Json.JsonSerializer.Serialize(tags) : null;

    private Task<IReadOnlyList<Notification>> QueryAsync(
        string sql, (string Name, object? Value)[] parameters, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Notification>>(
            Finding, session => session.Query(sql, ReadNotification, parameters), cancellationToken);
}
