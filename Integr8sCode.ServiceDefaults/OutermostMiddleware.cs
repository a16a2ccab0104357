using Integr8sCode.Correlation;
using Integr8sCode.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Integr8sCode;

/// <summary>Puts our middleware around the whole pipeline, exception handler included, without a call a Program could forget or misplace.</summary>
internal sealed class OutermostMiddleware : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<ServerSpanMiddleware>();
        app.UseMiddleware<CorrelationMiddleware>();
        next(app);
    };
}
