using Integr8sCode.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Integr8sCode.ServiceDefaults;

[Collection(TelemetryTestsAlone.Name)]
public sealed class ExportedContentTests
{
    [Fact]
    public async Task A_process_says_which_one_it_is()
    {
        await using var service = await ObservedService.StartAsync(MapWork);
        await service.GetAsync("/work");

        var resource = (await service.StopAsync())[0].Resource;

        Assert.Equal((ObservedService.Name, Environment.MachineName), (resource["service.name"], resource["host.name"]));
        Assert.Contains("service.version", resource.Keys);
        Assert.Contains("service.instance.id", resource.Keys);
        Assert.Equal("opentelemetry", resource["telemetry.sdk.name"]);
    }

    [Fact]
    public async Task The_environment_has_the_last_word_on_names()
    {
        await using var service = await ObservedService.StartAsync(
            MapWork,
            ("OTEL_SERVICE_NAME", "execution-worker"),
            ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=worker-7,service.version=9,deployment.environment.name=lab"));
        await service.GetAsync("/work");

        var resource = (await service.StopAsync())[0].Resource;

        Assert.Equal(("execution-worker", "worker-7", "9"), (resource["service.name"], resource["service.instance.id"], resource["service.version"]));
        Assert.Equal("lab", resource["deployment.environment.name"]);
    }

    [Fact]
    public async Task A_log_record_belongs_to_its_span_and_its_correlation()
    {
        await using var service = await ObservedService.StartAsync(MapWork);
        await service.GetAsync("/work", ("X-Correlation-ID", "order-66"));

        var span = Assert.Single(await service.StopAsync());

        var record = Assert.Single(LogRecords(service.Receiver), record => record.Message(5).Text(1) == "Working");
        Assert.Equal((span.TraceId, span.SpanId), (record.Hex(9), record.Hex(10)));
        Assert.Equal("order-66", OtlpSpans.Attributes(record, 6)["correlation_id"]);
    }

    [Fact]
    public async Task Requests_are_measured_and_probes_are_not()
    {
        await using var service = await ObservedService.StartAsync(MapWork);
        await service.GetAsync("/work");
        await service.GetAsync("/health");
        await service.StopAsync();

        // The last says what all before it said. The receiver is a server of this process too, and measured with it.
        var durations = Metrics(service.Receiver).Last(metric => metric.Text(1) == "http.server.request.duration");
        var routes = durations.Message(9).Messages(1).Select(point => OtlpSpans.Attributes(point, 9).GetValueOrDefault("http.route")).ToList();

        Assert.Single(routes, route => route is "/work");
        Assert.DoesNotContain(routes, route => route is "/health");
    }

    private static IEnumerable<ProtobufMessage> LogRecords(OtlpReceiver receiver) => Items(receiver, "logs");

    private static IEnumerable<ProtobufMessage> Metrics(OtlpReceiver receiver) => Items(receiver, "metrics");

    // All signals nest alike: request, resource, scope, item.
    private static IEnumerable<ProtobufMessage> Items(OtlpReceiver receiver, string signal) =>
        from request in receiver.Requests
        where request.Signal == signal
        from resource in request.Body.Messages(1)
        from scope in resource.Messages(2)
        from item in scope.Messages(2)
        select item;

    private static void MapWork(WebApplication app) => app.MapGet("/work", (ILogger<ExportedContentTests> logger) => logger.LogWorking());
}
