using Integr8sCode.Users;

namespace Integr8sCode.Mongo;

internal sealed record UserDocument(string Id, UserRole Role, bool IsDisabled, DateTimeOffset CreatedAt)
{
    public static UserDocument Of(User user) => new(user.Id, user.Role, user.IsDisabled, user.CreatedAt);

    public User ToUser() => new(Id, Role, IsDisabled, CreatedAt);
}
