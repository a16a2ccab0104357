using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.ServiceDefaults;

/// <summary>OpenTelemetry's variables as an operator sets them: in the environment of a process. The Api answers a request without its broker.</summary>
public sealed class EnvironmentVariableTests : IDisposable
{
    private const int Requests = 3;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("integr8scode-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_exported_is_named_limited_batched_and_sent_as_the_variables_say()
    {
        await using var receiver = await OtlpReceiver.StartAsync(Stop);
        await RunAsync(
            receiver,
            ("OTEL_SERVICE_NAME", "named-by-operator"),
            ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test,team=traces"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "x-key=a%20b"),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
            ("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "3"),
            ("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "5"),
            ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "1"));

        Assert.Equal(Requests, receiver.Spans.Count);
        Assert.Equal(Requests, receiver.Requests.Count);
        Assert.All(receiver.Requests, request => Assert.Equal(("gzip", "a b"), (request.Headers["Content-Encoding"], request.Headers["x-key"])));
        Assert.All(receiver.Spans, span =>
        {
            Assert.Equal("named-by-operator", span.Resource["service.name"]);
            Assert.Equal(("test", "traces"), (span.Resource["deployment.environment.name"], span.Resource["team"]));
            Assert.Equal(3, span.Attributes.Count);
            Assert.All(span.Attributes.Values.OfType<string>(), value => Assert.InRange(value.Length, 0, 5));
        });
    }

    [Fact]
    public async Task The_variables_of_a_signal_win_and_there_may_be_a_second_sink()
    {
        await using var receiver = await OtlpReceiver.StartAsync(Stop);
        await RunAsync(
            receiver,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", $"{receiver.HttpEndpoint}/own/path"),
            ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"),
            ("JAEGER_OTLP_ENDPOINT", receiver.GrpcEndpoint));

        Assert.Equal(
            ["/opentelemetry.proto.collector.trace.v1.TraceService/Export", "/own/path"],
            receiver.Requests.Select(request => request.Path).Distinct().Order());
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", " TRUE ")]
    [InlineData("OTEL_TRACES_SAMPLER", "always_off")]
    [InlineData("OTEL_TRACES_SAMPLER", "parentbased_always_off")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "0")]
    [InlineData("OTEL_TRACES_EXPORTER", "none")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "")]
    public async Task What_is_switched_off_exports_no_span_and_the_service_serves(string variable, string value)
    {
        await using var receiver = await OtlpReceiver.StartAsync(Stop);

        await RunAsync(receiver, ("OTEL_TRACES_SAMPLER", "traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "1"), (variable, value));

        Assert.Empty(receiver.Spans);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A process with that environment answers some requests and stops.</summary>
    private async Task RunAsync(OtlpReceiver receiver, params (string Name, string Value)[] variables)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var environment = new Dictionary<string, string?>
        {
            ["DOTNET_ROOT"] = Programs.DotnetRoot,
            ["ASPNETCORE_URLS"] = $"{address}",
            ["ConnectionStrings__integr8scode"] = $"Data Source={Path.Combine(_folder.FullName, "integr8scode.db")}",
            ["ConnectionStrings__kafka"] = "127.0.0.1:9", // nobody listens
            ["OTEL_METRICS_EXPORTER"] = "none",
            ["OTEL_LOGS_EXPORTER"] = "none",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.HttpEndpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };
        foreach (var (name, value) in variables) environment[name] = value;
        var service = new Service(
            new ServiceSpec("api", Programs.Find("Integr8sCode.Api"), address, [], environment), restartCrashed: false, (_, _) => { });
        await service.LaunchAsync();
        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = address };
            await Eventually.HoldsAsync(() => IsAliveAsync(http)); // a probe leaves no span
            for (var i = 0; i < Requests; i++) await http.GetStringAsync("/openapi/v1.json", Stop);
        }
        finally
        {
            await service.StopAsync(StopLimit); // which flushes
        }
    }

    private static async Task<bool> IsAliveAsync(HttpClient http)
    {
        try
        {
            using var response = await http.GetAsync("/alive", Stop);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // not yet
        }
    }
}
