using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Integr8sCode.Traces;

public sealed class OtlpExporterTests
{
    [Fact]
    public async Task What_the_OpenTelemetry_exporter_sends_comes_back_complete()
    {
        await using var store = await RunningTraceStore.StartAsync();
        var parent = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, "ot=th:c", true);
        var other = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        using var source = new ActivitySource("OtlpExporterTests", "1.2.3");
        using (var provider = Exporting(source, store.Url))
        {
            using var activity = source.StartActivity(
                "process jobs", ActivityKind.Consumer, parent, links: [new(other)],
                tags: [new("text", "a"), new("number", 42), new("share", 1.5), new("yes", true), new("list", new[] { "x", "y" }), new("big", long.MaxValue)])!;
            activity.AddEvent(new("retry", tags: new() { ["attempt"] = 2 }));
            activity.SetStatus(ActivityStatusCode.Error, "bad");
        }

        var trace = (await store.GetAsync($"/api/traces/{parent.TraceId}"))["data"]![0]!;
        var span = trace["spans"]![0]!;
        Assert.Equal("process jobs", (string?)span["operationName"]);
        Assert.Equal(
            """{"text":"a","number":42,"share":1.5,"yes":true,"list":"[\u0022x\u0022,\u0022y\u0022]","big":"9223372036854775807","span.kind":"consumer","otel.status_code":"ERROR","error":true,"otel.status_description":"bad","otel.scope.name":"OtlpExporterTests","otel.scope.version":"1.2.3","w3c.tracestate":"ot=th:c"}""",
            TagsOf(span["tags"]!));
        Assert.Equal(
            $$"""[{"refType":"CHILD_OF","traceID":"{{parent.TraceId}}","spanID":"{{parent.SpanId}}"},{"refType":"FOLLOWS_FROM","traceID":"{{other.TraceId}}","spanID":"{{other.SpanId}}"}]""",
            span["references"]!.ToJsonString());
        Assert.Equal("""{"event":"retry","attempt":2}""", TagsOf(span["logs"]![0]!["fields"]!));
        Assert.Equal("worker", (string?)trace["processes"]!["p1"]!["serviceName"]);
    }

    private static TracerProvider Exporting(ActivitySource source, Uri store) => Sdk.CreateTracerProviderBuilder()
        .AddSource(source.Name)
        .ConfigureResource(resource => resource.AddService("worker"))
        .AddOtlpExporter(otlp => (otlp.Endpoint, otlp.Protocol) = (new Uri(store, "/v1/traces"), OtlpExportProtocol.HttpProtobuf))
        .Build();

    private static string TagsOf(System.Text.Json.Nodes.JsonNode tags) => new System.Text.Json.Nodes.JsonObject(
        tags.AsArray().Select(tag => KeyValuePair.Create((string)tag!["key"]!, tag["value"]?.DeepClone()))).ToJsonString();
}
