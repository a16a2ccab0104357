using System.Text.Json;
using Integr8sCode.DeadLetters;

namespace Integr8sCode.Sqlite;

internal sealed class SqliteRetryPolicyStore(SqliteDatabase database) : IRetryPolicyStore
{
    private static readonly StoreCall Finding = new("SELECT", "retry_policies");
    private static readonly StoreCall Saving = new("INSERT", "retry_policies");

    public Task<RetryPolicy?> FindAsync(string topic, CancellationToken cancellationToken) =>
        database.ReadAsync(
            Finding,
            session => session.Find(
                "SELECT policy FROM retry_policies WHERE topic = $topic",
                row => row.ReadJson(0, CoreJson.Default.RetryPolicy),
                ("$topic", topic)),
            cancellationToken);

    public Task<IReadOnlyList<RetryPolicy>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RetryPolicy>>(
            Finding,
            session => session.Query(
                "SELECT policy FROM retry_policies ORDER BY topic", row => row.ReadJson(0, CoreJson.Default.RetryPolicy)),
            cancellationToken);

    public Task<bool> SaveAsync(RetryPolicy policy, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Serialize(policy, CoreJson.Default.RetryPolicy);
        return database.WriteAsync(
            Saving,
            session => session.Execute(
                policy.Version == 1
                    ? "INSERT INTO retry_policies (topic, version, policy) VALUES ($topic, $version, $policy) ON CONFLICT DO NOTHING"
                    : "UPDATE retry_policies SET version = $version, policy = $policy WHERE topic = $topic AND version = $version - 1",
                ("$topic", policy.Topic), ("$version", policy.Version), ("$policy", document)) == 1,
            cancellationToken);
    }
}
