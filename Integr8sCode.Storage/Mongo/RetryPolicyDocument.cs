using Integr8sCode.DeadLetters;

namespace Integr8sCode.Mongo;

/// <param name="Id">The topic.</param>
internal sealed record RetryPolicyDocument(string Id, long Version, RetryPolicy Policy);
