namespace Integr8sCode.Sqlite;

/// <summary>
/// The tables. Keys are UUIDs as 16 big-endian bytes, times UTC ticks, documents JSON text. What is large and never changes (the
/// request, the output, an event's data) stands apart from what every move rewrites.
/// </summary>
internal static class SqliteSchema
{
    private const string Tables = """
        CREATE TABLE executions (
            id BLOB PRIMARY KEY,
            user_id TEXT NOT NULL,
            language TEXT NOT NULL,
            requested_at INTEGER NOT NULL,
            correlation_id TEXT NOT NULL,
            trace_id TEXT,
            idempotency_key TEXT,
            retry_of BLOB,
            status INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            worker_id TEXT,
            scheduled_at INTEGER,
            -- When it was requested, scheduled or finished; while it runs, when its lease ends; null once nothing waits for it.
            due INTEGER,
            state TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX executions_by_user ON executions (user_id, id);
        CREATE INDEX executions_by_worker ON executions (worker_id) WHERE worker_id IS NOT NULL;
        CREATE INDEX executions_due ON executions (status, due) WHERE due IS NOT NULL;
        CREATE UNIQUE INDEX executions_idempotent ON executions (user_id, idempotency_key) WHERE idempotency_key IS NOT NULL;

        CREATE TABLE execution_requests (execution_id BLOB PRIMARY KEY, request TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE execution_outputs (execution_id BLOB PRIMARY KEY, stdout BLOB NOT NULL, stderr BLOB NOT NULL) WITHOUT ROWID;

        CREATE TABLE events (
            position INTEGER PRIMARY KEY, -- the order of recording, over all executions
            event_id BLOB NOT NULL UNIQUE,
            execution_id BLOB NOT NULL,
            sequence INTEGER NOT NULL,
            published INTEGER NOT NULL DEFAULT 0,
            time INTEGER NOT NULL,
            type TEXT NOT NULL,
            version INTEGER NOT NULL,
            correlation_id TEXT NOT NULL,
            user_id TEXT NOT NULL,
            service TEXT NOT NULL,
            trace_parent TEXT,
            trace_state TEXT,
            data TEXT NOT NULL,
            UNIQUE (execution_id, sequence)
        );
        CREATE INDEX events_unpublished ON events (position, time) WHERE published = 0;
        CREATE UNIQUE INDEX events_terminal ON events (execution_id)
            WHERE type IN ('execution.completed', 'execution.failed', 'execution.timeout', 'execution.cancelled');

        CREATE TABLE inbox (
            consumer_group TEXT NOT NULL, event_id BLOB NOT NULL, handled_at INTEGER NOT NULL, PRIMARY KEY (consumer_group, event_id)
        ) WITHOUT ROWID;
        CREATE INDEX inbox_by_age ON inbox (handled_at);

        CREATE TABLE sagas (id BLOB PRIMARY KEY, version INTEGER NOT NULL, deadline INTEGER, saga TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX sagas_by_deadline ON sagas (deadline) WHERE deadline IS NOT NULL;

        CREATE TABLE dead_letters (
            id BLOB PRIMARY KEY, identity TEXT NOT NULL UNIQUE, failed_at INTEGER NOT NULL, letter TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX dead_letters_by_age ON dead_letters (failed_at, id);

        CREATE TABLE workers (worker_id TEXT PRIMARY KEY, alive_until INTEGER NOT NULL, announcement TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE api_keys (
            hash TEXT PRIMARY KEY, prefix TEXT NOT NULL, user_id TEXT NOT NULL, role TEXT NOT NULL, created_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE leases (name TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>
    /// What an event is asked for by, each in the order of recording. An event is recorded when its time says, but never before the event
    /// it follows, though the clocks of two processes differ.
    /// </summary>
    private const string EventQueries = """
        ALTER TABLE events ADD COLUMN recorded_at INTEGER NOT NULL DEFAULT 0;
        UPDATE events SET recorded_at = (
            SELECT max(time) FROM events AS earlier
            WHERE earlier.execution_id = events.execution_id AND earlier.sequence <= events.sequence);
        CREATE INDEX events_by_recording ON events (recorded_at, sequence);
        CREATE INDEX events_by_type ON events (type, recorded_at, sequence);
        CREATE INDEX events_by_user ON events (user_id, recorded_at, sequence);
        CREATE INDEX events_by_correlation ON events (correlation_id, recorded_at, sequence);
        CREATE INDEX events_by_service ON events (service, recorded_at, sequence);
        """;

    private const string Replays = """
        CREATE TABLE replays (
            id BLOB PRIMARY KEY,
            version INTEGER NOT NULL,
            status INTEGER NOT NULL,
            free_at INTEGER, -- from when on a replayer may claim it; null unless it runs
            session TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX replays_by_status ON replays (status, id);
        CREATE INDEX replays_free ON replays (free_at) WHERE free_at IS NOT NULL;
        """;

    /// <summary>Users, their keys and limits. Keys were configured until now, and come back with the next start.</summary>
    private const string Users = """
        CREATE TABLE users (id TEXT PRIMARY KEY, role TEXT NOT NULL, disabled INTEGER NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;
        DROP TABLE api_keys;
        CREATE TABLE api_keys (
            id BLOB PRIMARY KEY, user_id TEXT NOT NULL, name TEXT, prefix TEXT NOT NULL, salt TEXT NOT NULL, hash TEXT NOT NULL,
            created_at INTEGER NOT NULL, expires_at INTEGER, last_used_at INTEGER
        ) WITHOUT ROWID;
        CREATE INDEX api_keys_by_prefix ON api_keys (prefix);
        CREATE INDEX api_keys_by_user ON api_keys (user_id, id);
        CREATE TABLE rate_limits (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, rules TEXT NOT NULL);
        CREATE TABLE user_rate_limits (user_id TEXT PRIMARY KEY, limits TEXT NOT NULL) WITHOUT ROWID;
        """;

    /// <summary>Dead letters get a state beside their message; those of before are looked at as if they had failed now.</summary>
    private const string DeadLetterStates = """
        ALTER TABLE dead_letters RENAME TO old_dead_letters;
        CREATE TABLE dead_letters (
            id BLOB PRIMARY KEY,
            identity TEXT NOT NULL UNIQUE,
            topic TEXT NOT NULL,
            consumer_group TEXT NOT NULL,
            event_type TEXT,
            line TEXT,
            version INTEGER NOT NULL,
            status INTEGER NOT NULL,
            exception_type TEXT NOT NULL,
            top_frame TEXT,
            fingerprint TEXT NOT NULL,
            first_failed_at INTEGER NOT NULL,
            failed_at INTEGER NOT NULL,
            retry_count INTEGER NOT NULL,
            due INTEGER,
            closed_at INTEGER,
            batch_id BLOB,
            state TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE dead_letter_messages (letter_id BLOB PRIMARY KEY, letter TEXT NOT NULL) WITHOUT ROWID;
        INSERT INTO dead_letters
            SELECT id, identity, letter ->> 'topic', letter ->> 'consumer_group', letter ->> 'event_type', NULL, 1, 0,
                letter ->> 'exception_type', NULL, '', failed_at, failed_at, 0, failed_at, NULL, NULL,
                json_object('version', 1, 'status', 'pending', 'failure', json(letter), 'first_failed_at', letter ->> 'failed_at',
                    'due', letter ->> 'failed_at', 'transitions', json_array())
            FROM old_dead_letters;
        INSERT INTO dead_letter_messages
            SELECT id, json_set(letter, '$.message', json_set(letter, '$.timestamp', letter ->> 'failed_at')) FROM old_dead_letters;
        DROP TABLE old_dead_letters;
        CREATE INDEX dead_letters_by_due ON dead_letters (due) WHERE due IS NOT NULL;
        CREATE INDEX dead_letters_by_status ON dead_letters (status, id);
        CREATE INDEX dead_letters_by_closing ON dead_letters (closed_at) WHERE closed_at IS NOT NULL;
        CREATE INDEX dead_letters_by_batch ON dead_letters (batch_id) WHERE batch_id IS NOT NULL;
        CREATE INDEX dead_letters_by_line ON dead_letters (line, id) WHERE line IS NOT NULL;
        CREATE TABLE retry_policies (topic TEXT PRIMARY KEY, version INTEGER NOT NULL, policy TEXT NOT NULL) WITHOUT ROWID;
        """;

    private const string Notifications = """
        CREATE TABLE notifications (
            id BLOB PRIMARY KEY, -- begins with the time of what it tells of
            user_id TEXT NOT NULL,
            channel INTEGER NOT NULL,
            severity INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            tags TEXT NOT NULL, -- each between two line feeds
            -- These change, and the document follows them.
            status INTEGER NOT NULL,
            version INTEGER NOT NULL,
            due INTEGER,
            attempted_at INTEGER,
            read_at INTEGER,
            notification TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX notifications_by_user ON notifications (user_id, created_at, id);
        CREATE INDEX notifications_due ON notifications (due) WHERE due IS NOT NULL;
        CREATE INDEX notifications_unread ON notifications (user_id) WHERE channel = 0 AND status = 2;
        CREATE INDEX notifications_attempted ON notifications (user_id, channel, attempted_at) WHERE attempted_at IS NOT NULL;

        CREATE TABLE notification_subscriptions (
            user_id TEXT NOT NULL, channel INTEGER NOT NULL, subscription TEXT NOT NULL, PRIMARY KEY (user_id, channel)
        ) WITHOUT ROWID;
        """;

    /// <summary>What a script has written so far.</summary>
    private const string OutputChunks = """
        CREATE TABLE execution_output_chunks (
            execution_id BLOB NOT NULL,
            position INTEGER NOT NULL, -- the attempt, then the bytes of both streams up to its end
            stdout_offset INTEGER NOT NULL,
            stdout BLOB NOT NULL,
            stderr_offset INTEGER NOT NULL,
            stderr BLOB NOT NULL,
            written_at INTEGER NOT NULL,
            PRIMARY KEY (execution_id, position)
        ) WITHOUT ROWID;
        CREATE INDEX execution_output_chunks_by_age ON execution_output_chunks (written_at);
        """;

    /// <summary>Places in line, for a line of each user and one of all, and sagas that can be listed.</summary>
    private const string PlacesInLine = """
        ALTER TABLE executions RENAME COLUMN scheduled_at TO place;
        CREATE INDEX executions_open ON executions (status, user_id, place) WHERE status <= 2;
        ALTER TABLE sagas ADD COLUMN user_id TEXT NOT NULL DEFAULT '';
        ALTER TABLE sagas ADD COLUMN status INTEGER NOT NULL DEFAULT 0;
        UPDATE sagas SET
            user_id = coalesce((SELECT user_id FROM executions WHERE executions.id = sagas.id), ''),
            status = CASE saga ->> 'status' WHEN 'completed' THEN 2 WHEN 'failed' THEN 3 WHEN 'cancelled' THEN 5 ELSE 0 END;
        UPDATE sagas SET saga = json_set(saga, '$.user_id', user_id);
        CREATE INDEX sagas_by_user ON sagas (user_id, id);
        """;

    private const string Settings =
        "CREATE TABLE settings (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, settings TEXT NOT NULL);";

    /// <summary>Throttles are counted like rate limits.</summary>
    private const string Throttles = """
        DROP INDEX notifications_attempted;
        ALTER TABLE notifications DROP COLUMN attempted_at;
        """;

    private const string OpenLines = """
        DROP INDEX dead_letters_by_line;
        CREATE INDEX dead_letters_by_line ON dead_letters (line, id) WHERE due IS NOT NULL;
        """;

    /// <summary>What makes version n + 1 of version n. A script that was released is never changed: append another.</summary>
    internal static readonly string[] Upgrades =
        [Tables, EventQueries, Replays, Users, DeadLetterStates, Notifications, OutputChunks, PlacesInLine, Settings, Throttles, OpenLines];

    /// <summary>Settings of one connection. FULL: an acknowledged write survives the loss of power.</summary>
    public static void Configure(SqliteSession session)
    {
        session.Execute("PRAGMA synchronous = FULL");
        session.Execute("PRAGMA cache_size = -32000");
        session.Execute("PRAGMA mmap_size = 268435456");
        session.Execute("PRAGMA temp_store = MEMORY");
    }

    /// <summary>Brings the file to the newest version; the caller holds the lock between processes.</summary>
    public static void Create(SqliteSession session)
    {
        session.Execute("PRAGMA journal_mode = WAL");
        var version = session.Find("PRAGMA user_version", row => row.GetInt64(0));
        if (version > Upgrades.Length)
        {
            throw new InvalidStorageException($"has schema {version}, made by a newer release; this one knows schema {Upgrades.Length}.");
        }

        for (; version < Upgrades.Length; version++)
        {
            session.Execute($"BEGIN IMMEDIATE; {Upgrades[version]} PRAGMA user_version = {version + 1}; COMMIT");
        }
    }
}
