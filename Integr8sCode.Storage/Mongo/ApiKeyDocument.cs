using Integr8sCode.Users;

namespace Integr8sCode.Mongo;

/// <param name="Id">The key's hash.</param>
internal sealed record ApiKeyDocument(string Id, string Prefix, string UserId, UserRole Role, DateTimeOffset CreatedAt);
