using Microsoft.Net.Http.Headers;

namespace Integr8sCode.Errors;

/// <summary>A body in an encoding that nobody knows is a 415; reading it would be a fault of ours.</summary>
internal static class RequestCharset
{
    public static void UseRequestCharset(this WebApplication app) => app.Use((http, next) =>
    {
        if (IsKnown(http.Request.ContentType))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    });

    private static bool IsKnown(string? contentType) =>
        contentType is null
        || !MediaTypeHeaderValue.TryParse(contentType, out var type)
        || !type.Charset.HasValue
        || type.Encoding is not null;
}
