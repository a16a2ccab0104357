namespace Integr8sCode.Pages;

/// <summary>The two pages.</summary>
internal static class PageEndpoints
{
    public static WebApplication UsePages(this WebApplication app)
    {
        var files = PageFiles.Of(typeof(PageEndpoints).Assembly);
        app.UseStaticFiles(files);
        app.MapFallbackToFile("/", "index.html", files);
        app.MapFallbackToFile("/search", "index.html", files); // the path of Jaeger's own list
        app.MapFallbackToFile("/trace/{id}", "trace.html", files);
        return app;
    }
}
