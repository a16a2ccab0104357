namespace Integr8sCode.Notifications;

/// <summary>Body of a call to an incoming webhook of Slack.</summary>
internal sealed record SlackMessage(string Text, IReadOnlyList<SlackMessage.Attachment> Attachments)
{
    public static SlackMessage Of(Notification notification, MessageLinks links) => new(
        Escape(notification.Subject),
        [
            new(
                ColorOf(notification.Severity),
                Escape(notification.Subject),
                Escape(notification.Body),
                [.. ButtonsOf(links)],
                "Integr8sCode",
                notification.CreatedAt.ToUnixTimeSeconds()),
        ]);

    private static IEnumerable<Button> ButtonsOf(MessageLinks links)
    {
        if (links.Execution is { } execution)
        {
            yield return new("button", "View execution", execution);
        }

        if (links.Trace is { } trace)
        {
            yield return new("button", "View trace", trace);
        }
    }

    private static string ColorOf(NotificationSeverity severity) => severity switch
    {
        NotificationSeverity.Low => "#36a64f",
        NotificationSeverity.Medium => "#ff9900",
        NotificationSeverity.High => "#ff0000",
        _ => "#990000",
    };

    /// <summary>The three characters that mean something to Slack.</summary>
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <param name="Ts">When it happened, in Unix seconds.</param>
    internal sealed record Attachment(
        string Color, string Fallback, string Text, IReadOnlyList<Button> Actions, string Footer, long Ts);

    internal sealed record Button(string Type, string Text, string Url);
}
