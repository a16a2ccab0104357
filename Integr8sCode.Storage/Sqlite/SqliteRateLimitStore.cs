using System.Runtime.InteropServices;
using System.Text.Json;
using Integr8sCode.RateLimits;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Sqlite;

internal sealed class SqliteRateLimitStore(SqliteDatabase database, SqliteCounters counters) : IRateLimitStore
{
    // With each request that passes, so that whoever was here once leaves nothing behind.
    internal const string Prune = """
        DELETE FROM rate_limit_counters WHERE rowid IN (SELECT rowid FROM rate_limit_counters WHERE expires_at < $now LIMIT 3)
        """;

    private const string CounterColumns = "hits, tokens, at";

    private static readonly StoreCall FindingRules = new("SELECT", "rate_limits");
    private static readonly StoreCall SavingRules = new("UPDATE", "rate_limits");
    private static readonly StoreCall FindingUser = new("SELECT", "user_rate_limits");
    private static readonly StoreCall SavingUser = new("INSERT", "user_rate_limits");
    private static readonly StoreCall DeletingUser = new("DELETE", "user_rate_limits");
    private static readonly StoreCall Taking = new("UPDATE", "rate_limit_counters");
    private static readonly StoreCall Listing = new("SELECT", "rate_limit_counters");
    private static readonly StoreCall Resetting = new("DELETE", "rate_limit_counters");

    public Task<RateLimitRules?> FindRulesAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            FindingRules,
            session => session.Find("SELECT rules FROM rate_limits", row => row.ReadJson(0, CoreJson.Default.RateLimitRules)),
            cancellationToken);

    public Task<bool> SaveRulesAsync(RateLimitRules rules, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Serialize(rules, CoreJson.Default.RateLimitRules);
        return database.WriteAsync(
            SavingRules,
            session => session.Execute(
                rules.Version == 1
                    ? "INSERT INTO rate_limits (id, version, rules) VALUES (1, $version, $rules) ON CONFLICT DO NOTHING"
                    : "UPDATE rate_limits SET version = $version, rules = $rules WHERE version = $version - 1",
                ("$version", rules.Version), ("$rules", document)) == 1,
            cancellationToken);
    }

    public Task<UserRateLimits?> FindUserAsync(string userId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            FindingUser,
            session => session.Find(
                "SELECT limits FROM user_rate_limits WHERE user_id = $user",
                row => row.ReadJson(0, CoreJson.Default.UserRateLimits), ("$user", userId)),
            cancellationToken);

    public Task SaveUserAsync(UserRateLimits limits, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Serialize(limits, CoreJson.Default.UserRateLimits);
        return database.WriteAsync(
            SavingUser,
            session => session.Execute(
                "INSERT OR REPLACE INTO user_rate_limits (user_id, limits) VALUES ($user, $limits)",
                ("$user", limits.UserId), ("$limits", document)),
            cancellationToken);
    }

    public Task DeleteUserAsync(string userId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            DeletingUser, session => session.Execute("DELETE FROM user_rate_limits WHERE user_id = $user", ("$user", userId)), cancellationToken);

    public Task<RateLimitDecision> TakeAsync(string subject, RateLimitRule rule, DateTimeOffset now, CancellationToken cancellationToken) =>
        counters.Database.WriteAsync(
            Taking,
            session =>
            {
                var stored = session.Find(
                    $"SELECT {CounterColumns} FROM rate_limit_counters WHERE subject = $subject AND counter = $counter",
                    row => Read(row, 0), ("$subject", subject), ("$counter", rule.CounterName));
                var (counter, decision) = (stored ?? RateLimitCounter.Unused).Take(rule, now);
                if (decision.Allowed)
                {
                    Save(session, subject, rule, counter, now);
                    session.Execute(Prune, ("$now", now));
                }

                return decision;
            },
            cancellationToken);

    public Task<IReadOnlyDictionary<string, RateLimitCounter>> ListCountersAsync(string subject, CancellationToken cancellationToken) =>
        counters.Database.ReadAsync<IReadOnlyDictionary<string, RateLimitCounter>>(
            Listing,
            session => session.Query(
                $"SELECT counter, {CounterColumns} FROM rate_limit_counters WHERE subject = $subject",
                row => (Name: row.GetString(0), Counter: Read(row, 1)), ("$subject", subject))
                .ToDictionary(entry => entry.Name, entry => entry.Counter),
            cancellationToken);

    public Task ResetAsync(string subject, CancellationToken cancellationToken) =>
        counters.Database.WriteAsync(
            Resetting, session => session.Execute("DELETE FROM rate_limit_counters WHERE subject = $subject", ("$subject", subject)), cancellationToken);

    private static void Save(SqliteSession session, string subject, RateLimitRule rule, RateLimitCounter counter, DateTimeOffset now)
    {
        long[] ticks = [.. counter.Hits.Select(hit => hit.UtcTicks)];
        session.Execute(
            $"""
            INSERT OR REPLACE INTO rate_limit_counters (subject, counter, {CounterColumns}, expires_at)
            VALUES ($subject, $counter, $hits, $tokens, $at, $expires)
            """,
            ("$subject", subject), ("$counter", rule.CounterName), ("$hits", MemoryMarshal.AsBytes(ticks.AsSpan()).ToArray()),
            ("$tokens", counter.Tokens), ("$at", counter.At), ("$expires", now + rule.Memory));
    }

    private static RateLimitCounter Read(SqliteDataReader row, int first)
    {
        var ticks = MemoryMarshal.Cast<byte, long>(row.GetFieldValue<byte[]>(first));
        var hits = new DateTimeOffset[ticks.Length];
        for (var i = 0; i < hits.Length; i++)
        {
            hits[i] = new(ticks[i], TimeSpan.Zero);
        }

        return new(hits, row.GetDouble(first + 1), row.ReadOptionalTime(first + 2));
    }
}
