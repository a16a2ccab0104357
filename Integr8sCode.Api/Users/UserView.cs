namespace Integr8sCode.Users;

/// <param name="Disabled">True: the user's keys are refused.</param>
public sealed record UserView(string UserId, UserRole Role, bool Disabled, DateTimeOffset CreatedAt)
{
    internal static UserView Of(User user) => new(user.Id, user.Role, user.IsDisabled, user.CreatedAt);
}

/// <param name="NextCursor">Gives the next page as <c>cursor</c>; absent on the last one.</param>
public sealed record UserPage(IReadOnlyList<UserView> Items, string? NextCursor);
