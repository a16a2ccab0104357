namespace Integr8sCode.Pages;

/// <summary>The platform's page. Everybody may load it; what it shows, it asks the API for, with the key of whoever looks at it.</summary>
internal static class PageEndpoints
{
    public static void UsePage(this WebApplication app)
    {
        var files = PageFiles.Of(typeof(PageEndpoints).Assembly);
        app.UseStaticFiles(files);
        app.MapFallbackToFile("/", "index.html", files).AllowAnonymous();
    }
}
