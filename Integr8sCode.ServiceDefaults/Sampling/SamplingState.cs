namespace Integr8sCode.Sampling;

/// <summary>OpenTelemetry's own member of tracestate: <c>ot=th:c;rv:0123456789abcd</c>, beside those of other vendors.</summary>
internal static class SamplingState
{
    /// <summary>The probability a trace was kept with.</summary>
    public const string Threshold = "th";

    /// <summary>The random value of a trace whose id is not random enough, or not trusted to be.</summary>
    public const string Randomness = "rv";

    private const string Member = "ot=";
    private const int MaxValueLength = 256;
    private const int MaxMembers = 32;

    /// <summary>The value of a key; empty where the key or the member is missing.</summary>
    public static ReadOnlySpan<char> Find(ReadOnlySpan<char> traceState, ReadOnlySpan<char> key)
    {
        var keys = FindMember(traceState);
        foreach (var range in keys.Split(';'))
        {
            if (IsKey(keys[range], key)) return keys[range][(key.Length + 1)..];
        }
        return default;
    }

    /// <summary>Sets a key, or removes it where <paramref name="value"/> is null. Other keys and vendors stay; as W3C wants it, our member moves to the front.</summary>
    public static string With(string? traceState, string key, string? value)
    {
        var ours = value is null ? "" : $"{key}:{value}";
        var keys = FindMember(traceState);
        foreach (var range in keys.Split(';'))
        {
            if (!IsKey(keys[range], key)) ours = Append(ours, keys[range]);
        }
        var others = Without(traceState);
        return ours.Length == 0 ? others : others.Length == 0 ? Member + ours : $"{Member}{ours},{others}";
    }

    /// <summary>The other vendors' members, as many as leave room for ours.</summary>
    public static string Without(string? traceState) => string.Join(',',
        (traceState ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(member => !member.StartsWith(Member, StringComparison.Ordinal))
            .Take(MaxMembers - 1));

    public static bool HasMember(ReadOnlySpan<char> traceState) => !FindMember(traceState).IsEmpty;

    private static string Append(string keys, ReadOnlySpan<char> next) =>
        next.IsEmpty || keys.Length + 1 + next.Length > MaxValueLength ? keys : keys.Length == 0 ? $"{next}" : $"{keys};{next}";

    private static bool IsKey(ReadOnlySpan<char> text, ReadOnlySpan<char> key) =>
        text.Length > key.Length && text[key.Length] == ':' && text.StartsWith(key, StringComparison.Ordinal);

    private static ReadOnlySpan<char> FindMember(ReadOnlySpan<char> traceState)
    {
        foreach (var range in traceState.Split(','))
        {
            var member = traceState[range].Trim();
            if (member.StartsWith(Member, StringComparison.Ordinal)) return member[Member.Length..];
        }
        return default;
    }
}
