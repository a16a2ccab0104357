using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Integr8sCode.Notifications;

/// <summary>What receivers get.</summary>
internal sealed class NotificationMessages(IOptions<NotificationOptions> options, TimeProvider clock)
{
    /// <summary>For people: a browser asks for the key.</summary>
    private const string ExecutionPage = "/#/executions/";

    /// <summary>For programs.</summary>
    private const string ExecutionRoute = "/api/v1/executions/";

    private readonly string? _api = options.Value.PublicUrl?.TrimEnd('/');
    private readonly string? _traces = options.Value.TracesUrl?.TrimEnd('/');

    public byte[] BodyOf(Notification notification) => notification.Channel is NotificationChannel.Slack
        ? JsonSerializer.SerializeToUtf8Bytes(SlackMessage.Of(notification, LinksOf(notification, ExecutionPage)), MessageJson.Default.SlackMessage)
        : JsonSerializer.SerializeToUtf8Bytes(WebhookMessage.Of(notification, LinksOf(notification, ExecutionRoute)), MessageJson.Default.WebhookMessage);

    public IReadOnlyList<KeyValuePair<string, string>> HeadersOf(
        Notification notification, NotificationSubscription subscription, byte[] body) => subscription.Secret is { } secret
        ?
        [
            new("X-Integr8s-Delivery", notification.Id.ToString()),
            new("X-Integr8s-Event", notification.EventType),
            new(WebhookSignature.Header, WebhookSignature.Sign(secret, body, clock.GetUtcNow())),
        ]
        : [];

    private MessageLinks LinksOf(Notification notification, string executions) => new(
        _api is not null && notification.ExecutionId is { } id ? $"{_api}{executions}{id}" : null,
        _traces is not null && notification.TraceId is { } traceId ? $"{_traces}/trace/{traceId}" : null);
}
