using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Integr8sCode.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.ServiceDefaults;

[Collection(TelemetryTestsAlone.Name)]
public sealed class ExportTests
{
    private const string Caller = "00-11111111111111111111111111111111-2222222222222222-01";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_sinks_get_every_span_and_only_the_standard_one_gets_its_headers()
    {
        await using var service = await ObservedService.StartAsync(
            MapWork,
            ("OTEL_EXPORTER_OTLP_HEADERS", "x-otlp-api-key=dashboard"),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
            ("JAEGER_OTLP_ENDPOINT", "{grpc}"));
        await service.GetAsync("/work");
        await service.StopAsync();

        var traces = service.Receiver.Requests.Where(request => request.Signal == "trace").ToList();
        var standard = Assert.Single(traces, request => request.Path == "/v1/traces");
        var jaeger = Assert.Single(traces, request => request.Path == "/opentelemetry.proto.collector.trace.v1.TraceService/Export");
        Assert.Equal(Ids(standard), Ids(jaeger));
        Assert.Equal(("dashboard", "gzip"), (standard.Headers["x-otlp-api-key"], standard.Headers["Content-Encoding"]));
        Assert.DoesNotContain("x-otlp-api-key", jaeger.Headers.Keys);
    }

    [Fact]
    public async Task The_second_sink_speaks_HTTP_where_its_address_says_so()
    {
        await using var service = await ObservedService.StartAsync(MapWork, ("JAEGER_OTLP_ENDPOINT", "{http}/second/v1/traces"));
        await service.GetAsync("/work");
        await service.StopAsync();

        Assert.Equal(["/second/v1/traces", "/v1/traces"], service.Receiver.Requests.Where(request => request.Signal == "trace").Select(request => request.Path).Order());
    }

    [Fact]
    public async Task A_signal_can_have_its_own_endpoint_protocol_and_headers()
    {
        await using var service = await ObservedService.StartAsync(
            MapWork,
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "{grpc}"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "key=common"),
            ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"),
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "{http}/as/it/is"),
            ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "key=own"));
        await service.GetAsync("/work");
        await service.StopAsync();

        var traces = Assert.Single(service.Receiver.Requests, request => request.Signal == "trace");
        var metrics = Assert.Single(service.Receiver.Requests, request => request.Signal == "metrics");
        Assert.Equal(("/as/it/is", "own"), (traces.Path, traces.Headers["key"]));
        Assert.Equal(("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "common"), (metrics.Path, metrics.Headers["key"]));
    }

    [Theory]
    [InlineData("OTEL_TRACES_EXPORTER", "trace")]
    [InlineData("OTEL_METRICS_EXPORTER", "metrics")]
    [InlineData("OTEL_LOGS_EXPORTER", "logs")]
    public async Task A_signal_can_be_switched_off_alone(string variable, string signal)
    {
        await using var service = await ObservedService.StartAsync(MapWork, (variable, "none"), ("JAEGER_OTLP_ENDPOINT", "{grpc}"));
        await service.GetAsync("/work");
        await service.StopAsync();

        Assert.Equal(
            new[] { "logs", "metrics", "trace" }.Except([signal]),
            service.Receiver.Requests.Select(request => request.Signal).Distinct().Order());
    }

    [Fact]
    public async Task Without_an_endpoint_spans_live_and_nothing_is_sent()
    {
        var current = "";
        await using var service = await ObservedService.StartAsync(
            app => app.MapGet("/work", () => current = $"{Activity.Current?.TraceId} {Activity.Current?.IsAllDataRequested}"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", ""));
        await service.GetAsync("/work", ("traceparent", Caller));
        await service.StopAsync();

        Assert.Equal("11111111111111111111111111111111 True", current);
        Assert.Empty(service.Receiver.Requests);
    }

    [Fact]
    public async Task A_dead_endpoint_costs_neither_answers_nor_log_lines_nor_a_slow_stop()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var dead = $"http://{listener.LocalEndpoint}";
        listener.Stop();
        using var logs = new RecordedLogs();
        await using var service = await ObservedService.StartAsync(
            builder => builder.Logging.AddProvider(logs),
            app => app.MapGet("/work", () => "work"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", dead), ("JAEGER_OTLP_ENDPOINT", dead), ("OTEL_BSP_SCHEDULE_DELAY", "10"));
        for (var request = 0; request < 20; request++) await service.GetAsync("/work");

        var stopping = Stopwatch.StartNew();
        await service.StopAsync();

        Assert.InRange(stopping.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
        Assert.All(logs.Lines, line => Assert.StartsWith("Information Microsoft.Hosting.Lifetime", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disabled_SDK_sends_nothing_and_still_passes_the_callers_trace_on()
    {
        await using var other = await OtlpReceiver.StartAsync(Cancelled);
        using var client = new HttpClient();
        using var logs = new RecordedLogs();
        await using var service = await ObservedService.StartAsync(
            builder => builder.Logging.AddProvider(logs),
            app => app.MapGet("/call", async () => (int)(await client.PostAsync(other.HttpEndpoint, null, Cancelled)).StatusCode),
            ("OTEL_SDK_DISABLED", "true"));

        using var answer = await service.Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, "/call") { Headers = { { "traceparent", Caller } } }, Cancelled);
        await service.StopAsync();

        Assert.Equal("200", await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.Empty(service.Receiver.Requests);
        Assert.StartsWith("00-11111111111111111111111111111111-", Assert.Single(other.Requests).Headers["traceparent"], StringComparison.Ordinal);
    }

    private static IEnumerable<string> Ids(OtlpRequest request) => OtlpSpans.Read(request.Body).Select(span => span.SpanId).Order();

    private static void MapWork(WebApplication app) => app.MapGet("/work", (ILogger<ExportTests> logger) => logger.LogWorking());
}
