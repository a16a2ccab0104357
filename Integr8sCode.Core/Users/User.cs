namespace Integr8sCode.Users;

/// <summary>Somebody who may call the API.</summary>
/// <param name="Id">1 to 128 characters; what executions and everything else of theirs are kept under.</param>
/// <param name="IsDisabled">True: their keys are refused, and work again when this is false.</param>
public sealed record User(string Id, UserRole Role, bool IsDisabled, DateTimeOffset CreatedAt);
