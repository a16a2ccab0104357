using Integr8sCode.Events;

namespace Integr8sCode.Sqlite;

/// <summary>
/// A filter as a statement. Only what the filter sets is in it, because SQLite chooses its index from the text; and of all that is set
/// only the most telling may choose: a plus hides the others from the planner, which knows no statistics.
/// </summary>
internal sealed class SqliteEventQuery(EventFilter filter)
{
    private readonly List<(string Name, object? Value)> _parameters = [];
    private readonly List<string>? _types = filter.Types?.Distinct().ToList();

    /// <summary>Matching events in the order of recording, from <paramref name="after"/> on.</summary>
    public (string Sql, (string Name, object? Value)[] Parameters) List(string columns, EventPage page, RecordingPlace? after)
    {
        var (beyond, direction) = page.Order is RecordingOrder.OldestFirst ? (">", "ASC") : ("<", "DESC");
        var bounds = Bounds(after, beyond);
        var selects = Branches().Select(branch =>
            $"SELECT {columns}, recorded_at, position FROM events{WhereAll([.. branch, .. bounds])}");
        _parameters.Add(("$limit", page.Limit));
        return (
            $"""
             {string.Join(" UNION ALL ", selects)}
             ORDER BY recorded_at {direction}, sequence {direction}, position {direction} LIMIT $limit
             """,
            [.. _parameters]);
    }

    public (string Sql, (string Name, object? Value)[] Parameters) Count()
    {
        List<string> conditions = [.. Branch(), .. Bounds(after: null, beyond: ">")];
        return (
            $"""
             SELECT recorded_at - recorded_at % {TimeSpan.TicksPerHour} AS hour, service, type, count(*) FROM events{WhereAll(conditions)}
             GROUP BY hour, service, type ORDER BY hour, service, type
             """,
            [.. _parameters]);
    }

    // One branch for each type where the type is what chooses: SQLite merges branches that are in order, and would sort an IN.
    private List<List<string>> Branches()
    {
        if (_types is not { Count: > 1 } types || (filter.ExecutionId, filter.CorrelationId, filter.UserId) != default)
        {
            return [Branch()];
        }

        var branches = types.Select((type, index) => new List<string> { Is("type", $"$type{index}", type) }).ToList();
        if (filter.Service is { } service)
        {
            var condition = "+" + Is("service", "$service", service);
            branches.ForEach(branch => branch.Add(condition));
        }

        return branches;
    }

    private List<string> Branch()
    {
        var conditions = new List<string>();
        if (filter.ExecutionId is { } execution) conditions.Add(Is("execution_id", "$execution", execution));
        if (filter.CorrelationId is { } correlation) conditions.Add(Is("correlation_id", "$correlation", correlation));
        if (filter.UserId is { } user) conditions.Add(Is("user_id", "$user", user));
        if (_types is [var only]) conditions.Add(Is("type", "$type0", only));
        else if (_types is { } types) conditions.Add(IsAny(types));
        if (filter.Service is { } service) conditions.Add(Is("service", "$service", service));
        return [.. conditions.Select((condition, index) => index == 0 ? condition : "+" + condition)];
    }

    // The nearer of two bounds on the same side is the only one, so that no page reads the pages before it again.
    private List<string> Bounds(RecordingPlace? after, string beyond)
    {
        var from = filter.From;
        var to = filter.To;
        var bounds = new List<string>();
        if (after is not null && beyond == ">" && !(from > after.RecordedAt))
        {
            from = null;
            bounds.Add(Beyond(after, ">"));
        }
        else if (after is not null && beyond == "<" && !(to <= after.RecordedAt))
        {
            to = null;
            bounds.Add(Beyond(after, "<"));
        }

        if (from is not null) bounds.Add(Compare("recorded_at >= ", "$from", from));
        if (to is not null) bounds.Add(Compare("recorded_at < ", "$to", to));
        return bounds;
    }

    private string Beyond(RecordingPlace after, string beyond)
    {
        _parameters.AddRange([("$recorded", after.RecordedAt), ("$sequence", after.Sequence), ("$position", after.Position)]);
        return $"(recorded_at, sequence, position) {beyond} ($recorded, $sequence, $position)";
    }

    private string IsAny(List<string> types)
    {
        var names = types.Select((type, index) => Compare("", $"$type{index}", type)).ToList();
        return $"type IN ({string.Join(", ", names)})";
    }

    private string Is(string column, string name, object value) => Compare($"{column} = ", name, value);

    private string Compare(string comparison, string name, object? value)
    {
        _parameters.Add((name, value));
        return comparison + name;
    }

    private static string WhereAll(List<string> conditions) =>
        conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
}
