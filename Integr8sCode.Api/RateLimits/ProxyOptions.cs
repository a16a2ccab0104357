using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Integr8sCode.RateLimits;

/// <summary>Whose word is taken for where a request comes from.</summary>
public sealed class ProxyOptions : IValidatableObject
{
    public const string Section = "Proxies";

    /// <summary>Addresses (10.0.0.1) and networks (10.0.0.0/8) whose X-Forwarded-For is believed. Default none: it is ignored.</summary>
    public IList<string> Trusted { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Trusted
        .Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
        .Select(proxy => new ValidationResult($"'{proxy}' is neither an address nor a network as 10.0.0.0/8.", [nameof(Trusted)]));
}
