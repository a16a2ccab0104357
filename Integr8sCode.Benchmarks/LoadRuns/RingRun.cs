using System.Diagnostics;
using Integr8sCode.TraceKeeping;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace Integr8sCode.LoadRuns;

/// <summary>
/// What a span costs that waits in the ring, against one that is exported: processor time of this whole process, because an exporter
/// works on a thread of its own. Both are started, given six tags and ended; the collector takes what comes at once.
/// </summary>
internal static class RingRun
{
    private const double MostOfExport = 0.8;
    private const int Rounds = 9;
    private const int TracesOfRound = 6_000;
    private const int SpansOfTrace = 6;

    public static Task RunAsync(LoadReport report, CancellationToken cancellationToken)
    {
        using var exporting = new Side("exporting", new AlwaysOnSampler(), exporter => exporter);
        var keeper = new TraceKeeper(KeepSettings.Default, TimeProvider.System);
        using var keeping = new Side("keeping", new KeepSampler(new AlwaysOffSampler(), keeper.Kept), exporter => new SpanRing(keeper, [exporter]));
        Side[] sides = [exporting, keeping];
        foreach (var side in sides) side.Measure();

        var (exports, keeps) = (new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds && !cancellationToken.IsCancellationRequested; round++)
        {
            exports.Add(exporting.Measure());
            keeps.Add(keeping.Measure());
            report.Progress.Show("ring", (double)round / Rounds, $"round {round} of {Rounds}");
        }

        var (export, keep) = (Median(exports), Median(keeps));
        report.AddHeading(FormattableString.Invariant($"ring: processor time of a span: exported {export:0} ns, kept in the ring {keep:0} ns"));
        report.Add(Target.AtMost("ring: cost of a span over that of an exported one", keep / export, MostOfExport));
        return Task.CompletedTask;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed class Side : IDisposable
    {
        private readonly ActivitySource _source;
        private readonly TracerProvider _provider;

        public Side(string name, Sampler sampler, Func<BaseProcessor<Activity>, BaseProcessor<Activity>> wrap)
        {
            _source = new($"ring-run-{name}");
            var exporter = new OtlpTraceExporter(new()
            {
                Protocol = OtlpExportProtocol.HttpProtobuf,
                Endpoint = new("http://collector/v1/traces"),
                HttpClientFactory = () => new(new InstantCollector()),
            });
            _provider = Sdk.CreateTracerProviderBuilder().AddSource(_source.Name).SetSampler(sampler)
                .AddProcessor(wrap(new BatchActivityExportProcessor(exporter))).Build();
        }

        /// <returns>Nanoseconds of processor time for each span.</returns>
        public double Measure()
        {
            var started = Environment.CpuUsage.TotalTime;
            for (var trace = 1; trace <= TracesOfRound; trace++)
            {
                RunTrace();
                if (trace % 300 == 0) _provider.ForceFlush(); // an exporter that is overrun drops spans, which is cheap
            }
            return (Environment.CpuUsage.TotalTime - started).TotalNanoseconds / (TracesOfRound * SpansOfTrace);
        }

        public void Dispose()
        {
            _provider.Dispose();
            _source.Dispose();
        }

        private void RunTrace()
        {
            using var root = StartSpan("root");
            for (var i = 1; i < SpansOfTrace; i++) StartSpan("child")?.Dispose();
        }

        private Activity? StartSpan(string name) => _source.StartActivity(name)?
            .SetTag("db.system.name", "sqlite").SetTag("db.operation.name", "INSERT").SetTag("db.collection.name", "executions")
            .SetTag("execution.id", "01a2027e-404c-79cb-b549-3bf3ca0c17fc").SetTag("attempt", 1).SetTag("bytes", 512);
    }

    private sealed class InstantCollector : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => new();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage());
    }
}
