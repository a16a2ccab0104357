using Integr8sCode.Events;

namespace Integr8sCode.Sqlite;

internal sealed class SqliteInbox(SqliteDatabase database) : IInbox
{
    // Short transactions, so that a long prune makes no other writer wait.
    private const int PruneBatch = 1000;

    internal const string Prune = """
        DELETE FROM inbox WHERE (consumer_group, event_id) IN (
            SELECT consumer_group, event_id FROM inbox WHERE handled_at < $before LIMIT $limit)
        """;

    private static readonly StoreCall Finding = new("SELECT", "inbox");
    private static readonly StoreCall Adding = new("INSERT", "inbox");
    private static readonly StoreCall Pruning = new("DELETE", "inbox");

    public Task<bool> ContainsAsync(string group, Guid eventId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            Finding,
            session => session.Find(
                "SELECT 1 FROM inbox WHERE consumer_group = $group AND event_id = $event",
                _ => true, ("$group", group), ("$event", eventId)),
            cancellationToken);

    public Task AddAsync(string group, Guid eventId, DateTimeOffset handledAt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Adding,
            session => session.Execute(
                "INSERT INTO inbox (consumer_group, event_id, handled_at) VALUES ($group, $event, $handled) ON CONFLICT DO NOTHING",
                ("$group", group), ("$event", eventId), ("$handled", handledAt)),
            cancellationToken);

    public async Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var total = 0;
        int pruned;
        do
        {
            pruned = await database.WriteAsync(Pruning, session => session.Execute(Prune, ("$before", before), ("$limit", PruneBatch)), cancellationToken);
            total += pruned;
        }
        while (pruned == PruneBatch);

        return total;
    }
}
