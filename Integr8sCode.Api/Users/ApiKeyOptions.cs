using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Users;

/// <summary>How callers get in.</summary>
public sealed class ApiKeyOptions
{
    public const string Section = "ApiKeys";

    /// <summary>
    /// Users and keys to make sure of at every start. Default none; then the first start makes an admin and prints its key.
    /// </summary>
    [ValidateEnumeratedItems]
    public IList<ApiKeySeed> Seed { get; } = [];

    /// <summary>Wrong keys a minute that an address may send before it is made to wait, 1 to 100 000. Default 60.</summary>
    [Range(1, 100_000)]
    public int MaxFailures { get; set; } = 60;
}
