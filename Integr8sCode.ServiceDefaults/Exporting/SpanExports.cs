using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace Integr8sCode.Exporting;

/// <summary>
/// The exporters of spans. AddOtlpExporter would register the same ones, but as processors of their own that nothing can stand before.
/// </summary>
internal static class SpanExports
{
    public static IEnumerable<BaseProcessor<Activity>> CreateSpanExports(this IServiceProvider services, IEnumerable<OtlpSink> sinks)
    {
        var batch = services.GetRequiredService<IOptions<ActivityExportProcessorOptions>>().Value.BatchExportProcessorOptions; // OTEL_BSP_*
        return sinks.Select(sink => new BatchActivityExportProcessor(
            new OtlpTraceExporter(OptionsOf(sink, batch)),
            batch.MaxQueueSize, batch.ScheduledDelayMilliseconds, batch.ExporterTimeoutMilliseconds, batch.MaxExportBatchSize));
    }

    private static OtlpExporterOptions OptionsOf(OtlpSink sink, BatchExportProcessorOptions<Activity> batch)
    {
        var options = new OtlpExporterOptions();
        sink.Apply(options);
        // The SDK's processor takes its limit for an export, and never looks at it.
        options.TimeoutMilliseconds = Math.Min(options.TimeoutMilliseconds, batch.ExporterTimeoutMilliseconds);
        return options;
    }
}
