using Google.Protobuf;
using Integr8sCode.Otlp;
using Microsoft.Data.Sqlite;

namespace Integr8sCode.Spans;

/// <summary>One search's way through the index of terms.</summary>
internal sealed class TermIndex(SqliteConnection connection, TraceQuery query)
{
    // Each clause is a set of terms of which a trace has to have one. Those that rule out most come first.
    private readonly List<string> _clauses = [.. Clauses(connection, query).Select(terms => string.Join(',', terms))];

    /// <summary>The traces that may match, newest first. Some do not; none that does is missing.</summary>
    public IEnumerable<long> Candidates()
    {
        var first = connection.Scalar("SELECT min(id) FROM traces WHERE start BETWEEN $0 AND $1", query.StartMin, query.StartMax);
        var last = connection.Scalar("SELECT max(id) FROM traces WHERE start BETWEEN $0 AND $1", query.StartMin, query.StartMax);
        if (_clauses.Contains(""))
        {
            yield break; // nobody has the operation
        }

        for (var segment = TraceSchema.SegmentOf(last); last > 0 && segment >= TraceSchema.SegmentOf(first); segment--)
        {
            foreach (var id in In(segment).OrderDescending())
            {
                yield return id;
            }
        }
    }

    private HashSet<long> In(long segment)
    {
        HashSet<long>? common = null;
        foreach (var clause in _clauses)
        {
            var ids = connection.Query($"SELECT trace FROM terms WHERE segment = $0 AND term IN ({clause})", row => row.GetInt64(0), segment);
            common = common is null ? [.. ids] : Intersect(common, ids);
            if (common.Count == 0)
            {
                return common;
            }
        }

        return query.HasDuration ? Intersect(common!, LongEnough(segment)) : common!;
    }

    private List<long> LongEnough(long segment) => connection.Query(
        "SELECT id FROM traces WHERE id BETWEEN $0 AND $1 AND longest >= $2 AND shortest <= $3",
        row => row.GetInt64(0), TraceSchema.FirstOf(segment), TraceSchema.LastOf(segment), query.DurationMin, query.DurationMax);

    private static HashSet<long> Intersect(HashSet<long> common, List<long> ids)
    {
        common.IntersectWith(ids);
        return common;
    }

    private static IEnumerable<IEnumerable<int>> Clauses(SqliteConnection connection, TraceQuery query)
    {
        List<string> services = query.Service is not null ? [query.Service] : Services(connection, query.Operation);
        foreach (var tag in query.Tags)
        {
            yield return services.Select(service => SearchTerm.Tag(service, tag.Key, tag.Value)).Concat(Origins(connection, tag));
        }

        if (query.Operation is not null)
        {
            yield return services.Select(service => SearchTerm.Operation(service, query.Operation));
        }
        else if (query.Service is not null)
        {
            yield return [SearchTerm.Service(query.Service)];
        }
    }

    private static List<string> Services(SqliteConnection connection, string? operation) => connection.Query(
        "SELECT DISTINCT service FROM operations WHERE $0 = '' OR name = $0", row => row.GetString(0), operation ?? "");

    private static IEnumerable<int> Origins(SqliteConnection connection, KeyValuePair<string, string> tag) => connection
        .Query("SELECT id, resource FROM origins", row => (Id: row.GetInt64(0), Resource: row.GetBytes(1)))
        .Where(row => OriginMessage.Decode(row.Resource, ByteString.Empty).Resource.Exists(a => a.Key == tag.Key && AttributeText.Of(a.Value) == tag.Value))
        .Select(row => SearchTerm.Origin(row.Id));
}
