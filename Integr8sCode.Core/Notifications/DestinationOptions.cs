namespace Integr8sCode.Notifications;

/// <summary>Where notifications may be sent.</summary>
public sealed class DestinationOptions
{
    public const string Section = "Notifications";

    /// <summary>
    /// Hosts that may be called although they are private, without TLS or on any port, and that may stand in for Slack: <c>host</c> or
    /// <c>host:port</c>, without wildcards. Default none.
    /// </summary>
    public IList<string> AllowedHosts { get; } = [];

    public bool Allows(string host, int port) =>
        AllowedHosts.Any(allowed => string.Equals(allowed, host, StringComparison.OrdinalIgnoreCase)
            || string.Equals(allowed, $"{host}:{port}", StringComparison.OrdinalIgnoreCase));
}
