using Integr8sCode.Configuration;
using Integr8sCode.Exporting;
using Integr8sCode.Sampling;
using Integr8sCode.TraceKeeping;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Integr8sCode.ServiceDefaults;

[Collection(TelemetryTestsAlone.Name)]
public sealed class SettingTests
{
    [Theory]
    [InlineData("OTEL_TRACES_SAMPLER", "sometimes")]
    [InlineData("OTEL_TRACES_SAMPLER", "traceidratio 0.5")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "1.5")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "-0.1")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "half")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "NaN")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "0,5")]
    [InlineData("Traces:TrustCallers", "1")]
    [InlineData("Traces:KeepFailures", "sometimes")]
    [InlineData("Traces:KeepSpans", "1000")]
    [InlineData("Traces:KeepSpans", "131072")]
    [InlineData("Traces:KeepBytes", "1000000")]
    [InlineData("Traces:KeepBytes", "2147483648")]
    [InlineData("Traces:KeepSlowerThan", "0")]
    [InlineData("Traces:KeepPerSecond", "0")]
    [InlineData("OTEL_TRACES_EXPORTER", "console")]
    [InlineData("OTEL_METRICS_EXPORTER", "prometheus")]
    [InlineData("OTEL_LOGS_EXPORTER", "otlp,console")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "/v1/traces")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "ftp://collector")]
    [InlineData("JAEGER_OTLP_ENDPOINT", "jaeger")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "udp")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "10s")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION", "zip")]
    [InlineData("OTEL_SDK_DISABLED", "1")]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY", "5s")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE", "0")]
    [InlineData("OTEL_SPAN_EVENT_COUNT_LIMIT", "-1")]
    [InlineData("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "long")]
    [InlineData("OTEL_PROPAGATORS", "b3")]
    [InlineData("OTEL_PROPAGATORS", "tracecontext,b3")]
    [InlineData("OTEL_PROPAGATORS", "none")]
    [InlineData("OTEL_PROPAGATORS", "baggage")]
    public void A_wrong_value_is_named_once_with_its_variable(string name, string value)
    {
        var settings = Read((name, value), ("OTEL_TRACES_SAMPLER", name == "OTEL_TRACES_SAMPLER" ? value : "traceidratio"));

        var error = Assert.Single(settings.Errors);
        Assert.StartsWith($"{name} is '{value}', but must be ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("many")]
    [InlineData("NaN")]
    [InlineData("20000")]
    [InlineData("5,")]
    [InlineData("5,0")]
    [InlineData("5,2")]
    [InlineData("5,0.1,0.01")]
    [InlineData("5,0.1,1.5")]
    [InlineData("5,0.1,0.5,1")]
    [InlineData("5;0.1")]
    public void A_wrong_target_of_the_adaptive_sampler_is_named_once(string target)
    {
        var settings = Read(("OTEL_TRACES_SAMPLER", "adaptive"), ("OTEL_TRACES_SAMPLER_ARG", target));

        Assert.Equal(target.Length == 0 ? 0 : 1, settings.Errors.Count); // blank counts as not set
        Assert.All(settings.Errors, error => Assert.StartsWith($"OTEL_TRACES_SAMPLER_ARG is '{target}', but must be target[", error, StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_sampler_is_answered_with_the_known_ones() =>
        Assert.EndsWith("parentbased_traceidratio or adaptive.", Assert.Single(Read(("OTEL_TRACES_SAMPLER", "sometimes")).Errors), StringComparison.Ordinal);

    [Fact]
    public void Every_wrong_variable_is_named_at_once()
    {
        var settings = Read(("OTEL_TRACES_SAMPLER", "sometimes"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "carrier-pigeon"));

        Assert.Equal(2, settings.Errors.Count);
    }

    [Theory]
    [InlineData("OTEL_TRACES_SAMPLER", " parentbased_traceidratio ")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "1e-3")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector.example:4318/base/")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "2500")]
    [InlineData("OTEL_TRACES_EXPORTER", "")]
    [InlineData("OTEL_PROPAGATORS", "tracecontext, baggage")]
    [InlineData("OTEL_PROPAGATORS", "tracecontext")]
    [InlineData("OTEL_SPAN_LINK_COUNT_LIMIT", "0")]
    public void A_right_value_is_not_complained_about(string name, string value) => Assert.Empty(Read((name, value)).Errors);

    [Fact]
    public void Without_an_endpoint_there_is_no_sink()
    {
        var settings = Read(("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"));

        Assert.All(new[] { "traces", "metrics", "logs" }, signal => Assert.Empty(settings.ReadSinks(signal)));
    }

    [Theory]
    [InlineData("http/protobuf", "http://collector/base/", "http://collector/base/v1/traces")]
    [InlineData("grpc", "http://collector:4317", "http://collector:4317/")]
    public void The_common_endpoint_is_a_base_address_for_HTTP_only(string protocol, string endpoint, string expected)
    {
        var settings = Read(("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint));

        Assert.Equal(new Uri(expected), Assert.Single(settings.ReadSinks("traces")).Endpoint);
    }

    [Theory]
    [InlineData("OTEL_TRACES_SAMPLER", "jaeger_remote")]
    [InlineData("OTEL_SDK_DISABLED", "1")]
    public async Task A_wrong_value_stops_any_host_at_start(string name, string value)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => ObservedService.StartAsync(_ => { }, (name, value)));

        Assert.StartsWith($"{name} is '{value}', but must be ", Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    private static SettingReader Read(params (string Name, string Value)[] settings)
    {
        var values = settings.DistinctBy(setting => setting.Name).ToDictionary(setting => setting.Name, setting => (string?)setting.Value);
        var reader = new SettingReader(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        reader.CheckSdkVariables();
        Samplers.Read(reader);
        KeepSettings.Read(reader);
        foreach (var signal in new[] { "traces", "metrics", "logs" }) reader.ReadSinks(signal);
        return reader;
    }
}
