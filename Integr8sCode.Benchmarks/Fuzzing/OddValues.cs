using System.Text.Json.Nodes;

namespace Integr8sCode.Fuzzing;

/// <summary>What people send by mistake, and others on purpose.</summary>
internal static class OddValues
{
    /// <summary>Stands for half of a surrogate pair, which a JSON text can have and a string of ours cannot write.</summary>
    public const string LoneSurrogate = "@lone-surrogate@";

    private static readonly string[] Texts =
    [
        "", " ", "0", "-1", "1", "200", "2147483648", "9223372036854775808", "1e400", "NaN", "Infinity", "-0", "0x10", "1.5", "true", "null", "undefined",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "01a2027e-404c-79cb-b549-3bf3ca0c17fc",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-02-30T00:00:00Z", "2026-01-31T12:00:00Z",
        "completed", "python", "execution.completed", "execution_events", "in_app", "webhook", "slack", "csv", "dead", "Ωμέγα", "🦊", "a\u0301\u0327",
        "\u202e\u200b\ufeff", "a\0b", "\u0001\u001b[31m", "../../etc/passwd", "%2e%2e%2f", "'; DROP TABLE executions; --", "{\"$gt\":\"\"}", "${jndi:ldap://x}",
        "http://169.254.169.254/", "http://[::1]:1/", "\r\nX-Injected: 1", LoneSurrogate,
    ];

    public static string Text(Random random) => random.Next(20) switch
    {
        0 => new string((char)random.Next('!', '~'), random.Next(200, 5000)),
        1 => string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => (char)random.Next(1, 0xD7FF))),
        2 => Guid.CreateVersion7().ToString(),
        _ => Texts[random.Next(Texts.Length)],
    };

    public static JsonNode? Json(Random random) => random.Next(9) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(long.MaxValue),
        3 => JsonValue.Create(-random.NextDouble() * 1e300),
        4 => new JsonArray(),
        5 => new JsonObject { [Text(random)] = Text(random) },
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(1, 300)).Select(i => JsonValue.Create(i))]),
        7 => Nested(random.Next(2, 60)),
        _ => JsonValue.Create(Text(random)),
    };

    private static JsonArray Nested(int depth) => depth == 0 ? [] : [Nested(depth - 1)];
}
