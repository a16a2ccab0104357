using Microsoft.Data.Sqlite;

namespace Integr8sCode.Spans;

/// <summary>The statements of writing.</summary>
internal sealed class TraceStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _find = new(connection, $"SELECT {TraceRow.Columns} FROM traces WHERE trace_id = $0");

    private readonly Statement _save = new(connection, $"""
        INSERT INTO traces ({TraceRow.Columns}) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (id) DO UPDATE SET start = $3, end = $4, shortest = $5, longest = $6, spans = $7, errors = $8,
            root_service = $9, root_name = $10, root_start = $11, has_root = $12
        """);

    private readonly Statement _addSpan = new(connection,
        "INSERT OR IGNORE INTO spans (trace, span_id, parent_id, origin, message) VALUES ($0, $1, $2, $3, $4)");

    private readonly Statement _addShare = new(connection, """
        INSERT INTO shares (trace, service, spans, errors, start, end) VALUES ($0, $1, $2, $3, $4, $5)
        ON CONFLICT (trace, service) DO UPDATE SET spans = spans + $2, errors = errors + $3, start = min(start, $4), end = max(end, $5)
        """);

    private readonly Statement _saveOrigin = new(connection, """
        INSERT INTO origins (hash, service, resource, scope, last_trace) VALUES ($0, $1, $2, $3, $4)
        ON CONFLICT (hash) DO UPDATE SET last_trace = max(last_trace, $4) RETURNING id
        """);

    public TermInsert AddTerm { get; } = new(connection);

    public Statement SaveOperation { get; } = new(connection, """
        INSERT INTO operations (service, name, kind, last_trace) VALUES ($0, $1, $2, $3)
        ON CONFLICT (service, name, kind) DO UPDATE SET last_trace = max(last_trace, $3)
        """);

    public TraceSummary? Find(TraceId id)
    {
        using var reader = _find.Read(id.ToBytes());
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
        using var reader = _saveOrigin.Read(origin.Hash, origin.Service, origin.Resource.ToByteArray(), origin.Scope.ToByteArray(), lastTrace);
        reader.Read();
        return reader.GetInt64(0);
    }

    public void Dispose()
    {
        foreach (var statement in new IDisposable[] { _find, _save, _addSpan, _addShare, _saveOrigin, AddTerm, SaveOperation })
        {
            statement.Dispose();
        }
    }
}
