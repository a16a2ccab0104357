namespace Integr8sCode.Users;

/// <summary>Somebody whose key was right.</summary>
internal sealed record Caller(User User, ApiKey Key);
