using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Integr8sCode.LoadRuns;

/// <summary>One service that sends traces of six spans at a steady rate, with the exporter that every service has.</summary>
internal sealed class SpanFeed : IDisposable
{
    public const int SpansOfTrace = 6;

    private const int TracesAtOnce = 8;
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(4), Slow = TimeSpan.FromMilliseconds(900);

    private readonly ActivitySource _source;
    private readonly TracerProvider _provider;
    private readonly CountingExporter _exporter;

    public SpanFeed(string service, Uri store)
    {
        Service = service;
        _source = new(service);
        _exporter = new(new() { Protocol = OtlpExportProtocol.HttpProtobuf, Endpoint = new(store, "v1/traces") });
        _provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService(service))
            .AddSource(service)
            .SetSampler(new AlwaysOnSampler())
            .AddProcessor(new BatchActivityExportProcessor(_exporter, maxQueueSize: 1 << 16, scheduledDelayMilliseconds: 100))
            .Build();
    }

    public string Service { get; }

    public int Created { get; private set; }

    /// <summary>Spans that the store has answered for.</summary>
    public int Kept => _exporter.Kept;

    public async Task RunAsync(int tracesPerSecond, TimeSpan length, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        for (var sent = 0; sent < tracesPerSecond * length.TotalSeconds; sent += TracesAtOnce)
        {
            for (var i = 0; i < TracesAtOnce; i++) CreateTrace(sent + i);
            var early = TimeSpan.FromSeconds((double)(sent + TracesAtOnce) / tracesPerSecond) - watch.Elapsed;
            if (early > TimeSpan.FromMilliseconds(1)) await Task.Delay(early, cancellationToken);
        }

        _provider.ForceFlush();
    }

    public void Dispose()
    {
        _provider.Dispose();
        _source.Dispose();
    }

    /// <summary>What a search can ask for: one in a hundred fails, one in a thousand is slow, and each has an id of its own.</summary>
    private void CreateTrace(int number)
    {
        Activity.Current = null;
        using var request = _source.StartActivity($"POST /work/{number % 20}", ActivityKind.Server)!;
        request.SetTag("http.request.method", "POST").SetTag("http.response.status_code", number % 100 == 0 ? 500 : 202);
        request.SetTag("execution.id", $"{Service}-{number}").SetTag("url.path", "/work").SetTag("server.port", 8080);
        if (number % 100 == 0) request.SetStatus(ActivityStatusCode.Error);
        for (var i = 1; i < SpansOfTrace; i++)
        {
            using var step = _source.StartActivity(i % 2 == 0 ? "INSERT executions" : "kafka.publish", ActivityKind.Client)!;
            step.SetTag("db.system.name", "sqlite").SetTag("db.operation.name", "INSERT").SetTag("db.collection.name", "executions");
            step.SetTag("execution.id", $"{Service}-{number}").SetTag("messaging.message.body.size", 512 + i);
        }

        request.SetEndTime(request.StartTimeUtc + (number % 1000 == 0 ? Slow : Usual));
        Created += SpansOfTrace;
    }

    private sealed class CountingExporter(OtlpExporterOptions options) : OtlpTraceExporter(options)
    {
        private int _kept;

        public int Kept => _kept;

        public override ExportResult Export(in Batch<Activity> activityBatch)
        {
            var result = base.Export(activityBatch);
            if (result == ExportResult.Success) _kept += (int)activityBatch.Count;
            return result;
        }
    }
}
