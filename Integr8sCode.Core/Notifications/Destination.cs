using System.Net;

namespace Integr8sCode.Notifications;

/// <summary>
/// What can be said of a user's address before it is called. Which addresses its name stands for is seen when connecting, because that
/// may change at any time.
/// </summary>
public static class Destination
{
    public const int MaxLength = 2048;

    private const string SlackHost = "hooks.slack.com";
    private const int HttpsPort = 443;
    private const int FirstOrdinaryPort = 1024;

    /// <returns>What is wrong with it, in a sentence; <see langword="null"/> where nothing is.</returns>
    public static string? FindError(string url, NotificationChannel channel, DestinationOptions options)
    {
        if (url.Length > MaxLength || !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("https" or "http") || uri.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic)
        {
            return $"An https:// address of at most {MaxLength} characters.";
        }

        if (uri.UserInfo.Length > 0)
        {
            return "An address without user and password.";
        }

        if (options.Allows(uri.IdnHost, uri.Port))
        {
            return null;
        }

        return uri switch
        {
            { Scheme: not "https" } => "An https:// address.",
            _ when channel is NotificationChannel.Slack && !string.Equals(uri.IdnHost, SlackHost, StringComparison.OrdinalIgnoreCase) =>
                $"An incoming webhook of Slack: https://{SlackHost}/...",
            { Port: not (HttpsPort or >= FirstOrdinaryPort) } => $"Port {HttpsPort}, or one from {FirstOrdinaryPort}.",
            _ when IPAddress.TryParse(uri.DnsSafeHost, out var address) && !PublicAddress.Is(address) => "An address of the internet.",
            _ => null,
        };
    }

    /// <returns>Scheme, host and port only: the rest may be a secret.</returns>
    public static string Redact(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) ? $"{uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}/***" : "***";
}
