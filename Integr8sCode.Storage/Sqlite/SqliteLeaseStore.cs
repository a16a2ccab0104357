using Integr8sCode.Leases;

namespace Integr8sCode.Sqlite;

internal sealed class SqliteLeaseStore(SqliteDatabase database) : ILeaseStore
{
    private static readonly StoreCall Acquiring = new("INSERT", "leases");

    public Task<bool> TryAcquireAsync(
        string name, string owner, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken) =>
        database.WriteAsync(
            Acquiring,
            session => session.Execute(
                """
                INSERT INTO leases (name, owner, until) VALUES ($name, $owner, $until)
                ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
                WHERE owner = excluded.owner OR until <= $now
                """,
                ("$name", name), ("$owner", owner), ("$until", now + duration), ("$now", now)) == 1,
            cancellationToken);
}
