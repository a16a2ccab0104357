namespace Integr8sCode.Users;

/// <summary>What to change of a user; what is <see langword="null"/> stays as it is.</summary>
public sealed record UserChange(UserRole? Role = null, bool? IsDisabled = null);
