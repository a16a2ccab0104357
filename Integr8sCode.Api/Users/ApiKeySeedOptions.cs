using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Users;

/// <summary>Keys that exist from the start; kept hashed, like all others.</summary>
public sealed class ApiKeySeedOptions
{
    public const string Section = "ApiKeys";

    /// <summary>Keys to make sure of at every start. Default none.</summary>
    [ValidateEnumeratedItems]
    public IList<ApiKeySeed> Seed { get; } = [];
}

public sealed class ApiKeySeed
{
    /// <summary>Owner of the key; 1 to 128 characters.</summary>
    [Required, StringLength(128, MinimumLength = 1)]
    public string UserId { get; set; } = "";

    /// <summary>What its owner may do. Default user.</summary>
    public UserRole Role { get; set; } = UserRole.User;

    /// <summary>The key itself, at least 20 characters; a random one as <see cref="ApiKey.Generate"/> makes them is best.</summary>
    [Required, StringLength(256, MinimumLength = 20)]
    public string Key { get; set; } = "";
}
