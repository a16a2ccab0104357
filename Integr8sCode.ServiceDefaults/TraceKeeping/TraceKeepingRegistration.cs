using System.Diagnostics.Metrics;
using Integr8sCode.Configuration;
using Integr8sCode.Exporting;
using Integr8sCode.Sampling;
using Microsoft.Extensions.DependencyInjection;

namespace Integr8sCode.TraceKeeping;

internal static class TraceKeepingRegistration
{
    /// <returns>Null where failures are not to be kept, cannot be lost, or have no place to go: then there is no ring either.</returns>
    public static TraceKeeper? ReadTraceKeeper(this SettingReader reader, ChosenSampler sampler, IReadOnlyList<OtlpSink> sinks)
    {
        var settings = KeepSettings.Read(reader);
        var isDisabled = reader.Read(false, "true or false", bool.TryParse, "OTEL_SDK_DISABLED");
        return settings is null || isDisabled || sinks.Count == 0 || !sampler.MayLoseFailures ? null : new(settings, TimeProvider.System);
    }

    public static SpanRing CreateSpanRing(this IServiceProvider services, TraceKeeper keeper, IEnumerable<OtlpSink> sinks)
    {
        var ring = new SpanRing(keeper, services.CreateSpanExports(sinks));
        ring.Measure(keeper, services.GetRequiredService<IMeterFactory>(), TimeProvider.System);
        return ring;
    }
}
