using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Integr8sCode.Pages;

/// <summary>Pages that are part of an assembly, embedded from its wwwroot, so that the process finds them wherever it is started.</summary>
public static class PageFiles
{
    /// <summary>Scripts and styles come from our files alone: even a text that slips into markup could not run.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static StaticFileOptions Of(Assembly assembly) => new()
    {
        FileProvider = new EmbeddedFileProvider(assembly, "Integr8sCode.wwwroot"),
        OnPrepareResponse = Prepare,
    };

    private static void Prepare(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        LeaveOutOfTraces(file.Context);
    }

    /// <summary>A page's files are a dozen requests that explain nothing.</summary>
    private static void LeaveOutOfTraces(HttpContext context)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { } span)
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
