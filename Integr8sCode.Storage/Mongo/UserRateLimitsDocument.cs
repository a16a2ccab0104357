using Integr8sCode.RateLimits;

namespace Integr8sCode.Mongo;

/// <param name="Id">Id of the user.</param>
internal sealed record UserRateLimitsDocument(string Id, UserRateLimits Limits);
