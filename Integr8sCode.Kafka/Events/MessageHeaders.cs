using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace Integr8sCode.Events;

/// <summary>The headers of every message: written here and nowhere else, exactly one of each.</summary>
internal static class MessageHeaders
{
    public const string EventId = "event_id";
    public const string EventType = "event_type";
    public const string CorrelationId = "correlation_id";
    public const string Service = "service";
    public const string TraceParent = "traceparent";
    public const string TraceState = "tracestate";

    /// <summary>Only on a message that a replay session sent once more.</summary>
    public const string ReplaySessionId = "replay_session_id";

    private const int LongestText = 512;

    public static Headers Of(Event message, ActivityContext context, Guid? replaySessionId = null)
    {
        var headers = new Headers
        {
            { EventId, Encoding.UTF8.GetBytes(message.EventId.ToString()) },
            { EventType, Encoding.UTF8.GetBytes(message.Type) },
            { CorrelationId, Encoding.UTF8.GetBytes(message.CorrelationId) },
            { Service, Encoding.UTF8.GetBytes(message.Service) },
        };
        if (context != default)
        {
            headers.Add(TraceParent, Encoding.UTF8.GetBytes(Telemetry.TraceParentOf(context)));
            headers.Add(TraceState, Encoding.UTF8.GetBytes(context.TraceState ?? ""));
        }

        if (replaySessionId is { } session)
        {
            headers.Add(ReplaySessionId, Encoding.UTF8.GetBytes(session.ToString()));
        }

        return headers;
    }

    /// <returns>The session that sent the message once more; <see langword="null"/> where it is none of a replay.</returns>
    public static Guid? ReplaySessionOf(Headers headers) =>
        Guid.TryParseExact(TextOf(headers, ReplaySessionId), "D", out var session) ? session : null;

    /// <returns>The context of the last <c>traceparent</c>; <see langword="default"/> where it is missing or malformed.</returns>
    public static ActivityContext TraceContextOf(Headers headers) =>
        ActivityContext.TryParse(TextOf(headers, TraceParent), TextOf(headers, TraceState), isRemote: true, out var context)
        && context.TraceId != default && context.SpanId != default
            ? context
            : default;

    /// <returns>The last value of that name; <see langword="null"/> where there is none or it is too long to be one of ours.</returns>
    public static string? TextOf(Headers headers, string name) =>
        headers.TryGetLastBytes(name, out var bytes) ? TextOf(bytes) : null;

    public static string? TextOf(byte[]? bytes) =>
        bytes is { Length: > 0 and <= LongestText } ? Encoding.UTF8.GetString(bytes) : null;
}
