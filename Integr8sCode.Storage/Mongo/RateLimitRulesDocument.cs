using Integr8sCode.RateLimits;

namespace Integr8sCode.Mongo;

/// <param name="Id">There is one document.</param>
internal sealed record RateLimitRulesDocument(string Id, long Version, RateLimitRules Rules)
{
    public const string OnlyId = "rules";

    public static RateLimitRulesDocument Of(RateLimitRules rules) => new(OnlyId, rules.Version, rules);
}
