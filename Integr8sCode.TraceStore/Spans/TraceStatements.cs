using Microsoft.Data.Sqlite;

namespace Integr8sCode.Spans;

/// <summary>The statements of writing.</summary>
internal sealed class TraceStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _find = connection.Prepare($"SELECT {TraceRow.Columns} FROM traces WHERE trace_id = $0", Array.Empty<byte>());

    private readonly Statement _save = new(connection, $"""
        INSERT INTO traces ({TraceRow.Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        ON CONFLICT (id) DO UPDATE SET start = ?4, end = ?5, shortest = ?6, longest = ?7, spans = ?8, errors = ?9,
            root_service = ?10, root_name = ?11, root_start = ?12, has_root = ?13
        """);

    private readonly Statement _addSpan = new(connection,
        "INSERT OR IGNORE INTO spans (trace, span_id, parent_id, origin, message) VALUES (?1, ?2, ?3, ?4, ?5)");

    private readonly Statement _addShare = new(connection, """
        INSERT INTO shares (trace, service, spans, errors, start, end) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (trace, service) DO UPDATE SET spans = spans + ?3, errors = errors + ?4, start = min(start, ?5), end = max(end, ?6)
        """);

    private readonly Statement _saveOrigin = new(connection, """
        INSERT INTO origins (hash, service, resource, scope, last_trace) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (hash) DO UPDATE SET last_trace = max(last_trace, ?5)
        """);

    private readonly SqliteCommand _findOrigin = connection.Prepare("SELECT id FROM origins WHERE hash = $0", "");

    public Statement SaveOperation { get; } = new(connection, """
        INSERT INTO operations (service, name, kind, last_trace) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (service, name, kind) DO UPDATE SET last_trace = max(last_trace, ?4)
        """);

    public TraceSummary? Find(TraceId id)
    {
        _find.Parameters[0].Value = id.ToBytes();
        using var reader = _find.ExecuteReader();
        return reader.Read() ? TraceRow.Read(reader) : null;
    }

    public void Save(TraceSummary trace) => _save.Run(
        trace.Id, trace.TraceId.ToBytes(), trace.Received, trace.Start, trace.End, trace.Shortest, trace.Longest,
        trace.Spans, trace.Errors, trace.RootService, trace.RootName, trace.RootStart, trace.HasRoot);

    /// <summary>False when the span was there already.</summary>
    public bool AddSpan(long trace, long origin, IncomingSpan span) =>
        _addSpan.Run(trace, (long)span.SpanId, (long)span.ParentId, origin, span.Message.ToByteArray()) > 0;

    public void Add(long trace, ServiceShare share) =>
        _addShare.Run(trace, share.Service, share.Spans, share.Errors, share.Start, share.End);

    public long Save(IncomingOrigin origin, long lastTrace)
    {
        _saveOrigin.Run(origin.Hash, origin.Service, origin.Resource.ToByteArray(), origin.Scope.ToByteArray(), lastTrace);
        _findOrigin.Parameters[0].Value = origin.Hash;
        return (long)_findOrigin.ExecuteScalar()!;
    }

    public void Dispose()
    {
        foreach (var statement in new IDisposable[] { _find, _save, _addSpan, _addShare, _saveOrigin, _findOrigin, SaveOperation })
        {
            statement.Dispose();
        }
    }
}
