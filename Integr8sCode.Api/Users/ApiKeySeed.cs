using System.ComponentModel.DataAnnotations;

namespace Integr8sCode.Users;

/// <summary>A user and a key of theirs; the key is kept hashed, like all others.</summary>
public sealed class ApiKeySeed
{
    /// <summary>Owner of the key; 1 to 128 characters.</summary>
    [Required, StringLength(128, MinimumLength = 1)]
    public string UserId { get; set; } = "";

    /// <summary>What its owner may do, whatever an admin made of them since. Default user.</summary>
    public UserRole Role { get; set; } = UserRole.User;

    /// <summary>True: nothing limits its owner, for load runs and tests. Default false.</summary>
    public bool RateLimitBypass { get; set; }

    /// <summary>The key itself, at least 20 characters; a random one as <see cref="ApiKey.Generate"/> makes them is best.</summary>
    [Required, StringLength(256, MinimumLength = 20)]
    public string Key { get; set; } = "";
}
