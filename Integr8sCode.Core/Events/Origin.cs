using System.Diagnostics;

namespace Integr8sCode.Events;

/// <summary>Who records an event, when, and inside which trace.</summary>
/// <param name="Service">OpenTelemetry service name of the process.</param>
/// <param name="TraceParent">W3C trace context that consumers of the event continue; <see langword="null"/> outside a trace.</param>
public sealed record Origin(string Service, DateTimeOffset Time, string? TraceParent, string? TraceState)
{
    /// <summary>Here and now, under the current span.</summary>
    public static Origin Now(string service, TimeProvider clock) => Under(Telemetry.CurrentContext, service, clock);

    /// <summary>Here and now, under a span that is not the current one.</summary>
    public static Origin Under(ActivityContext context, string service, TimeProvider clock) => context == default
        ? new(service, clock.GetUtcNow(), TraceParent: null, TraceState: null)
        : new(service, clock.GetUtcNow(), Telemetry.TraceParentOf(context), context.TraceState);
}
