using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Integr8sCode.Correlation;

/// <summary>What ties a request to everything done for it: the caller's X-Correlation-ID where it is usable, else the trace id.</summary>
public sealed record CorrelationId(string Value)
{
    public const string Header = "X-Correlation-ID";

    /// <summary>The key of the log scope, and so the field of each log record.</summary>
    public const string LogKey = "correlation_id";

    private const int MaxLength = 128;

    /// <summary>The id of this request.</summary>
    public static string Of(HttpContext context) => context.Features.GetRequiredFeature<CorrelationId>().Value;

    internal static CorrelationId Choose(HttpContext context) =>
        context.Request.Headers[Header].ToString() is { Length: > 0 and <= MaxLength } given && given.All(IsVisible)
            ? new CorrelationId(given)
            : new CorrelationId(Activity.Current?.TraceId.ToString() ?? ActivityTraceId.CreateRandom().ToString());

    // Visible ASCII only: the id is written to logs, headers and message headers.
    private static bool IsVisible(char letter) => letter is > ' ' and <= '~';
}
