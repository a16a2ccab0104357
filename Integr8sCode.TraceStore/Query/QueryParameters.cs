using System.Globalization;
using System.Text.Json;
using Integr8sCode.Spans;

namespace Integr8sCode.Query;

/// <summary>Reads the parameters of a search. Empty ones count as absent; a wrong one throws <see cref="InvalidQueryException"/> naming it.</summary>
internal sealed class QueryParameters(IQueryCollection query)
{
    private const int MaxTags = 20;

    public string? Text(string name) => All(name).FirstOrDefault(text => text.Length > 0);

    /// <summary>The one of a parameter's names, newest first, that the client uses; clients of several years ask here.</summary>
    public string Given(params string[] names) => Array.Find(names, name => Text(name) is not null) ?? names[0];

    /// <summary>API v3 takes its names in both forms of protobuf's JSON: <c>query.serviceName</c> and <c>query.service_name</c>.</summary>
    public IEnumerable<string> All(string name) => query[name].Concat(name.Contains('.') ? query[Snake(name)] : []).OfType<string>();

    public long Microseconds(string name, long fallback) => Parse(name, fallback, "microseconds since 1970", (string text, out long nanoseconds) =>
    {
        var parsed = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        nanoseconds = value > long.MaxValue / 1000 ? long.MaxValue : value * 1000;
        return parsed;
    });

    public long Milliseconds(string name, long fallback) =>
        Parse(name, fallback, "a number of milliseconds", (string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value));

    /// <summary>Required. What lies outside of the years that nanoseconds can count is moved to the nearest that can.</summary>
    public long Instant(string name) => Parse<long?>(name, null, "a time like 2026-01-31T12:00:00Z", (string text, out long? nanoseconds) =>
    {
        // Grafana puts the time into the URL as it is, and a plus there is a space.
        var parsed = DateTimeOffset.TryParse(text.Contains('T') ? text.Replace(' ', '+') : text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value);
        var ticks = Math.Clamp((value - DateTimeOffset.UnixEpoch).Ticks, 0, long.MaxValue / TimeSpan.NanosecondsPerTick);
        nanoseconds = ticks * TimeSpan.NanosecondsPerTick;
        return parsed;
    }) ?? throw new InvalidQueryException($"{name} is required");

    public long Duration(string name, long fallback) => Parse<long>(name, fallback, "a duration like 1.2ms", GoDuration.TryParse);

    public int Limit(string name) => Parse(name, TraceQuery.DefaultLimit, $"a number from 1 to {TraceQuery.MaxLimit}", (string text, out int limit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is > 0 and <= TraceQuery.MaxLimit);

    public SpanKind? Kind(string name) => Parse<SpanKind?>(name, null, "server, client, producer, consumer or internal", (string text, out SpanKind? kind) =>
    {
        kind = Enum.GetValues<SpanKind>().FirstOrDefault(k => SpanTags.KindText(k) == text);
        return kind is not SpanKind.Unspecified;
    });

    /// <summary>Tags as a JSON object: <c>{"http.route":"/run","error":"true"}</c>.</summary>
    public IEnumerable<KeyValuePair<string, string>> JsonTags(string name) => All(name).Where(json => json.Length > 0).SelectMany(json =>
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
        }
        catch (JsonException)
        {
            throw new InvalidQueryException($"{name} must be a JSON object of strings");
        }
    });

    /// <summary>Tags as <c>key:value</c>.</summary>
    public IEnumerable<KeyValuePair<string, string>> Tags(string name) => All(name).Where(tag => tag.Length > 0).Select(tag =>
        tag.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
            ? KeyValuePair.Create(tag[..colon], tag[(colon + 1)..])
            : throw new InvalidQueryException($"{name} must be key:value"));

    public static IReadOnlyList<KeyValuePair<string, string>> Bounded(params IEnumerable<KeyValuePair<string, string>>[] tags) =>
        tags.SelectMany(t => t).ToList() is { Count: <= MaxTags } all ? all : throw new InvalidQueryException($"at most {MaxTags} tags");

    private static string Snake(string name) => string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}"));

    private delegate bool TryParse<T>(string text, out T value);

    private T Parse<T>(string name, T fallback, string expected, TryParse<T> tryParse) =>
        Text(name) is not { } text ? fallback
        : tryParse(text, out var value) ? value
        : throw new InvalidQueryException($"{name} must be {expected}");
}
