using System.Text.Json;
using Integr8sCode.DeadLetters;

namespace Integr8sCode.Sqlite;

internal sealed class SqliteDeadLetterStore(SqliteDatabase database) : IDeadLetterStore
{
    internal const string Newest = "SELECT letter FROM dead_letters ORDER BY failed_at DESC, id DESC LIMIT $limit";

    private static readonly StoreCall Adding = new("INSERT", "dead_letters");
    private static readonly StoreCall Listing = new("SELECT", "dead_letters");
    private static readonly StoreCall Counting = new("SELECT", "dead_letters");

    public Task AddAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Serialize(letter, CoreJson.Default.DeadLetter);
        return database.WriteAsync(
            Adding,
            session => session.Execute(
                "INSERT INTO dead_letters (id, identity, failed_at, letter) VALUES ($id, $identity, $failed, $letter) ON CONFLICT DO NOTHING",
                ("$id", letter.Id), ("$identity", letter.Identity), ("$failed", letter.FailedAt), ("$letter", document)),
            cancellationToken);
    }

    public Task<IReadOnlyList<DeadLetter>> ListAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<DeadLetter>>(
            Listing,
            session => session.Query(
                Newest, row => row.ReadJson(0, CoreJson.Default.DeadLetter), ("$limit", limit)),
            cancellationToken);

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            Counting, session => session.Find("SELECT count(*) FROM dead_letters", row => row.GetInt64(0)), cancellationToken);
}
