using System.Text.RegularExpressions;

namespace Integr8sCode.RateLimits;

/// <summary>What a rule may be.</summary>
internal static partial class RateLimitValidation
{
    public const int MaxRules = 50;
    public const int MaxRequests = 1_000_000;

    /// <summary>A sliding window keeps the time of each request; a bucket keeps two numbers.</summary>
    public const int MaxWindowRequests = 10_000;

    private const int MaxWindowSeconds = 86_400;
    private const int MaxBurst = 100;
    private const int MaxPriority = 1000;

    /// <returns>What is wrong, by field.</returns>
    public static Dictionary<string, string[]> Validate(IReadOnlyList<RateLimitRule?> rules)
    {
        var errors = new Dictionary<string, string[]>();
        if (rules.Count > MaxRules)
        {
            errors["rules"] = [$"At most {MaxRules} rules."];
            return errors;
        }

        foreach (var (index, rule) in rules.Index())
        {
            foreach (var (field, expected) in FindWrong(rule, rules))
            {
                errors[field.Length == 0 ? $"rules[{index}]" : $"rules[{index}].{field}"] = [expected];
            }
        }

        return errors;
    }

    private static IEnumerable<(string Field, string Expected)> FindWrong(RateLimitRule? rule, IReadOnlyList<RateLimitRule?> rules)
    {
        if (rule is null)
        {
            yield return ("", "A rule.");
            yield break;
        }

        var maxRequests = rule.Algorithm is RateLimitAlgorithm.SlidingWindow ? MaxWindowRequests : MaxRequests;
        if (!Name().IsMatch(rule.Name ?? "")) yield return ("name", "1 to 64 of a-z, 0-9, '_' and '-', of which the first is a letter.");
        if (rules.Count(other => other?.Name == rule.Name) > 1) yield return ("name", "Another rule has this name.");
        if (!RateLimitGroups.All.Contains(rule.Group)) yield return ("group", $"One of {string.Join(", ", RateLimitGroups.All)}.");
        if (rule.Requests < 1 || rule.Requests > maxRequests) yield return ("requests", $"From 1 to {maxRequests}; to {MaxRequests} with token_bucket.");
        if (rule.WindowSeconds is < 1 or > MaxWindowSeconds) yield return ("window_seconds", $"From 1 to {MaxWindowSeconds}.");
        if (rule.Burst is not (>= 1 and <= MaxBurst)) yield return ("burst", $"From 1 to {MaxBurst}.");
        if (rule.Priority is < 0 or > MaxPriority) yield return ("priority", $"From 0 to {MaxPriority}.");
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,63}$")]
    private static partial Regex Name();
}
