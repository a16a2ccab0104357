using System.Diagnostics;
using System.Globalization;

namespace Integr8sCode.Notifications;

/// <summary>The client span of an outbound call, as .NET makes it but for the address, of which it tells where to and no more.</summary>
internal static class ClientSpan
{
    private const int FirstError = 400;

    public static Activity? Start(Uri address, int attempt) => Telemetry.Source.StartActivity(
        "POST", ActivityKind.Client, parentContext: default, tags:
        [
            new(SpanAttributes.HttpMethod, "POST"),
            new(SpanAttributes.ServerAddress, address.IdnHost),
            new(SpanAttributes.ServerPort, address.Port),
            new(SpanAttributes.Url, Destination.Redact(address.OriginalString)),
            new(SpanAttributes.HttpResendCount, attempt > 1 ? attempt - 1 : null),
        ]);

    public static void Describe(Activity? span, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        span?.SetTag(SpanAttributes.HttpStatusCode, status);
        span?.SetTag(SpanAttributes.NetworkProtocolVersion, response.Version.ToString());
        if (status >= FirstError)
        {
            Fail(span, status.ToString(CultureInfo.InvariantCulture));
        }
    }

    public static void Fail(Activity? span, string error) =>
        span?.SetTag(SpanAttributes.ErrorType, error).SetStatus(ActivityStatusCode.Error);
}
