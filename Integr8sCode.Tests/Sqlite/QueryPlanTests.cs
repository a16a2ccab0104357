using Integr8sCode.Events;
using Integr8sCode.Executions;
using Integr8sCode.Storage;

namespace Integr8sCode.Sqlite;

/// <summary>Every question that a loop asks again and again, or that a page asks, is answered from an index.</summary>
public sealed class QueryPlanTests() : StoreTests(new SqliteTestStores())
{
    public static TheoryData<string, string> Indexed => new()
    {
        { SqliteExecutionStore.ById, "SEARCH executions USING PRIMARY KEY (id=?)" },
        { SqliteExecutionStore.Claimable, "SEARCH executions USING INDEX executions_due (status=? AND due>?)" },
        { SqliteExecutionStore.Claimable, "SEARCH executions USING INDEX executions_due (status=? AND due<?)" },
        { SqliteExecutionStore.Expired, "SEARCH executions USING INDEX executions_due (status=? AND due<?)" },
        { SqliteExecutionStore.Stalled, "SEARCH executions USING INDEX executions_due (status=? AND due>? AND due<?)" },
        { SqliteExecutionStore.Held, "SEARCH executions USING INDEX executions_by_worker (worker_id=?)" },
        { SqliteExecutionStore.OpenCounts, "SEARCH executions USING COVERING INDEX executions_open (status<?)" },
        { SqliteExecutionStore.Waiting, "SEARCH executions USING COVERING INDEX executions_open (status=? AND user_id=?)" },
        { SqliteExecutionStore.HeldBy, "SEARCH executions USING COVERING INDEX executions_open (status=? AND user_id=?)" },
        { SqliteExecutionStore.WaitingUsers, "SEARCH executions USING COVERING INDEX executions_open (status=? AND user_id>?)" },
        { ListingOf(new("alice")), "SEARCH executions USING INDEX executions_by_user (user_id=?)" },
        {
            ListingOf(new("alice", ExecutionStatus.Failed, Before: Guid.Empty)),
            "SEARCH executions USING INDEX executions_by_user (user_id=? AND id<?)"
        },
        { ListingOf(new(Before: Guid.Empty)), "SEARCH executions USING PRIMARY KEY (id<?)" },
        { ListingOf(new("alice")), "SEARCH execution_requests USING PRIMARY KEY (execution_id=?)" },
        { SqliteEventStore.ById, "SEARCH events USING INDEX sqlite_autoindex_events_1 (event_id=?)" },
        { SqliteEventStore.Stream, "SEARCH events USING INDEX sqlite_autoindex_events_2 (execution_id=?)" },
        { SqliteEventStore.StreamAfter, "SEARCH events USING INDEX sqlite_autoindex_events_2 (execution_id=? AND sequence>?)" },
        { SqliteOutputStore.Next, "SEARCH execution_output_chunks USING PRIMARY KEY (execution_id=? AND position>? AND position<?)" },
        { SqliteOutputStore.Progress, "SEARCH executions USING PRIMARY KEY (id=?)" },
        { SqliteOutputStore.Progress, "SEARCH execution_output_chunks USING PRIMARY KEY (execution_id=?)" },
        { SqliteOutputStore.Prune, "SEARCH execution_output_chunks USING INDEX execution_output_chunks_by_age (written_at<?)" },
        { SqliteEventStore.Unpublished, "SCAN events USING INDEX events_unpublished" },
        { SqliteEventStore.Backlog, "SCAN events USING COVERING INDEX events_unpublished" },
        { SqliteEventStore.Mark, "SEARCH events USING INDEX sqlite_autoindex_events_1 (event_id=?)" },
        { SqliteEventStore.Place, "SEARCH events USING INDEX sqlite_autoindex_events_1 (event_id=?)" },
        { EventsOf(new()), "SCAN events USING INDEX events_by_recording" },
        { EventsOf(new() { From = Noon, To = Noon }), "SEARCH events USING INDEX events_by_recording (recorded_at>? AND recorded_at<?)" },
        {
            EventsOf(new() { ExecutionId = Guid.Empty, UserId = "alice", From = Noon }),
            "SEARCH events USING INDEX sqlite_autoindex_events_2 (execution_id=?)"
        },
        { EventsOf(new() { CorrelationId = "c", UserId = "alice" }), "SEARCH events USING INDEX events_by_correlation (correlation_id=?)" },
        {
            EventsOf(new() { UserId = "alice", Types = ["a", "b"], From = Noon }),
            "SEARCH events USING INDEX events_by_user (user_id=? AND recorded_at>?)"
        },
        { EventsOf(new() { Types = ["a"], Service = "api" }), "SEARCH events USING INDEX events_by_type (type=?)" },
        { EventsOf(new() { Types = ["a", "b"], From = Noon }), "SEARCH events USING INDEX events_by_type (type=? AND recorded_at>?)" },
        { EventsOf(new() { Service = "api", To = Noon }), "SEARCH events USING INDEX events_by_service (service=? AND recorded_at<?)" },
        { EventsOf(new(), Later), "SEARCH events USING INDEX events_by_recording ((recorded_at,sequence)>(?,?))" },
        {
            EventsOf(new() { Types = ["a"], From = Noon }, Later),
            "SEARCH events USING INDEX events_by_type (type=? AND (recorded_at,sequence)>(?,?))"
        },
        { new SqliteEventQuery(new() { From = Noon }).Count().Sql, "SEARCH events USING INDEX events_by_recording (recorded_at>?)" },
        { SqliteApiKeyStore.ByPrefix, "SEARCH api_keys USING INDEX api_keys_by_prefix (prefix=?)" },
        { SqliteApiKeyStore.ByUser, "SEARCH api_keys USING INDEX api_keys_by_user (user_id=?)" },
        { SqliteSagaStore.Listing(new("alice")).Sql, "SEARCH sagas USING INDEX sagas_by_user (user_id=?)" },
        { SqliteSagaStore.Overdue, "SEARCH sagas USING INDEX sagas_by_deadline (deadline<?)" },
        { SqliteInbox.Prune, "SEARCH inbox USING COVERING INDEX inbox_by_age (handled_at<?)" },
        { SqliteDeadLetterStore.ByIdentity, "SEARCH dead_letters USING INDEX sqlite_autoindex_dead_letters_2 (identity=?)" },
        { SqliteDeadLetterStore.AllDue, "SEARCH dead_letters USING INDEX dead_letters_by_due (due<?)" },
        { SqliteDeadLetterStore.AllDue, "SEARCH ahead USING INDEX dead_letters_by_line (line=? AND id<?)" },
        { SqliteDeadLetterStore.Prune, "SEARCH dead_letters USING COVERING INDEX dead_letters_by_closing (closed_at<?)" },
        { SqliteDeadLetterStore.Listing(new(DeadLetters.DeadLetterStatus.Dead)).Sql, "SEARCH dead_letters USING INDEX dead_letters_by_status (status=?)" },
        { SqliteDeadLetterStore.Listing(new(BatchId: Guid.Empty)).Sql, "SEARCH dead_letters USING INDEX dead_letters_by_batch (batch_id=?)" },
        { SqliteNotificationStore.Due, "SEARCH notifications USING INDEX notifications_due (due<?)" },
        { SqliteNotificationStore.UnreadCount, "SEARCH notifications USING COVERING INDEX notifications_unread (user_id=?)" },
        {
            SqliteNotificationStore.Listing(new("alice", Before: new(default, default))).Sql,
            "SEARCH notifications USING INDEX notifications_by_user (user_id=? AND (created_at,id)<(?,?))"
        },
        { SqliteNotificationStore.Since, "SEARCH notifications USING INDEX notifications_by_user (user_id=? AND (created_at,id)>(?,?))" },
        { SqliteNotificationStore.Old, "SEARCH notifications USING PRIMARY KEY (id<?)" },
        { SqliteNotificationStore.Crowded, "SCAN notifications USING COVERING INDEX notifications_by_user" },
        { SqliteNotificationStore.Surplus, "SEARCH notifications USING COVERING INDEX notifications_by_user (user_id=?)" },
    };

    /// <summary>Already in order, so that a limit of ten reads ten rows of ten thousand.</summary>
    public static TheoryData<string> Ordered =>
    [
        SqliteExecutionStore.Expired,
        ListingOf(new("alice")),
        ListingOf(new()),
        SqliteEventStore.Stream,
        SqliteEventStore.Unpublished,
        EventsOf(new()),
        EventsOf(new() { UserId = "alice", Types = ["a", "b"], From = Noon }, Later),
        EventsOf(new() { Types = ["a"], Service = "api", From = Noon, To = Noon }, Later),
        EventsOf(new() { Types = ["a", "b", "c"], Service = "api", From = Noon }),
        SqliteNotificationStore.Due,
        SqliteNotificationStore.Listing(new("alice")).Sql,
        SqliteExecutionStore.Waiting,
        SqliteExecutionStore.WaitingUsers,
        SqliteSagaStore.Listing(new("alice")).Sql,
        SqliteSagaStore.Listing(new()).Sql,
        SqliteSagaStore.Overdue,
        SqliteDeadLetterStore.AllDue,
        SqliteDeadLetterStore.Listing(new()).Sql,
        SqliteDeadLetterStore.Listing(new(DeadLetters.DeadLetterStatus.Dead)).Sql,
    ];

    [Theory]
    [MemberData(nameof(Indexed))]
    public async Task A_query_uses_its_index(string sql, string step) => Assert.Contains(step, await PlanAsync(sql));

    [Theory]
    [MemberData(nameof(Ordered))]
    public async Task A_query_does_not_sort(string sql) =>
        Assert.DoesNotContain(await PlanAsync(sql), step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));

    // Only the expired ones, which are few, are sorted by when they were scheduled.
    [Fact]
    public async Task Claimable_executions_are_merged_and_only_the_expired_are_sorted() =>
        Assert.Equal(
            [
                "MERGE (UNION ALL)", "LEFT", "SEARCH executions USING INDEX executions_due (status=? AND due>?)",
                "LIST SUBQUERY 1", "SCAN json_each VIRTUAL TABLE INDEX 1:", "CREATE BLOOM FILTER",
                "SEARCH execution_requests USING PRIMARY KEY (execution_id=?)",
                "RIGHT", "SEARCH executions USING INDEX executions_due (status=? AND due<?)",
                "LIST SUBQUERY 3", "SCAN json_each VIRTUAL TABLE INDEX 1:", "CREATE BLOOM FILTER",
                "SEARCH execution_requests USING PRIMARY KEY (execution_id=?)", "USE TEMP B-TREE FOR ORDER BY",
            ],
            await PlanAsync(SqliteExecutionStore.Claimable));

    private static RecordingPlace Later => new(Noon, 1, 1);

    private static string EventsOf(EventFilter filter, RecordingPlace? after = null) =>
        new SqliteEventQuery(filter).List("sequence, data", new(), after).Sql;

    private static string ListingOf(ExecutionFilter filter) => SqliteExecutionStore.Listing(filter).Sql;

    private async Task<List<string>> PlanAsync(string sql)
    {
        // In the order of the statement; parameters without a value are null to the planner.
        var names = System.Text.RegularExpressions.Regex.Matches(sql, @"\$\w+").Select(match => match.Value).Distinct();
        (string, object?)[] parameters = [.. names.Select(name => (name, (object?)null))];
        return await Stores.Get<SqliteDatabase>().ReadAsync(
            new("EXPLAIN", "plan"),
            session => session.Query($"EXPLAIN QUERY PLAN {sql}", row => row.GetString(3), parameters),
            Cancellation);
    }
}
