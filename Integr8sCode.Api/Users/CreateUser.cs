using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Integr8sCode.Users;

/// <summary>A user to create.</summary>
public sealed partial record CreateUser
{
    private const string IdPattern = "^[A-Za-z0-9][A-Za-z0-9._@-]{0,127}$";

    /// <summary>1 to 128 of A-Z, a-z, 0-9 and <c>. _ @ -</c>, of which the first is a letter or a digit.</summary>
    [Required, StringLength(128, MinimumLength = 1), RegularExpression(IdPattern)]
    public string? UserId { get; init; }

    /// <summary>user, or admin. Default user.</summary>
    public UserRole Role { get; init; } = UserRole.User;

    internal Dictionary<string, string[]> Validate() => Id().IsMatch(UserId ?? "")
        ? []
        : new() { ["user_id"] = ["1 to 128 of A-Z, a-z, 0-9, '.', '_', '@' and '-', of which the first is a letter or a digit."] };

    [GeneratedRegex(IdPattern)]
    private static partial Regex Id();
}
