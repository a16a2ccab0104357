using System.Text.Json.Serialization;

namespace Integr8sCode.Notifications;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookMessage))]
[JsonSerializable(typeof(SlackMessage))]
internal sealed partial class MessageJson : JsonSerializerContext;
