using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.FileProviders;

namespace Integr8sCode.Pages;

/// <summary>The two pages. They are part of the assembly, so that the process finds them wherever it is started.</summary>
internal static class PageEndpoints
{
    /// <summary>Scripts and styles come from our files alone: even a span name that slips into markup could not run.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly EmbeddedFileProvider Files = new(typeof(PageEndpoints).Assembly, "Integr8sCode.wwwroot");

    public static WebApplication UsePages(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = Files, OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
        app.MapGet("/", () => Page("index.html"));
        app.MapGet("/search", () => Page("index.html")); // the path of Jaeger's own list
        app.MapGet("/trace/{id}", (string id) => Page("trace.html"));
        return app;
    }

    private static FileStreamHttpResult Page(string name) => TypedResults.Stream(Files.GetFileInfo(name).CreateReadStream(), "text/html; charset=utf-8");
}
