using System.Globalization;
using Integr8sCode.Configuration;
using OpenTelemetry.Exporter;

namespace Integr8sCode.Exporting;

/// <summary>Reads the standard OTEL_EXPORTER_OTLP_* variables, the signal-specific ones first: the SDK's own exporter knows only the general ones.</summary>
internal static class OtlpSettings
{
    private const string TracesPath = "/v1/traces";
    private const string UrlExpected = "an absolute http or https URL";

    /// <summary>The sinks of a signal ("traces", "metrics", "logs"); none without an endpoint, so nothing tries to connect.</summary>
    public static IReadOnlyList<OtlpSink> ReadSinks(this SettingReader settings, string signal)
    {
        var upper = signal.ToUpperInvariant();
        var exports = settings.Read(true, "otlp or none", TryParseExporter, $"OTEL_{upper}_EXPORTER");
        OtlpSink?[] sinks = [settings.ReadStandard(signal, upper), signal == "traces" ? settings.ReadJaeger() : null];
        return exports ? [.. sinks.OfType<OtlpSink>()] : [];
    }

    private static OtlpSink? ReadStandard(this SettingReader settings, string signal, string upper)
    {
        var protocol = settings.Read(OtlpExportProtocol.Grpc, "grpc or http/protobuf", TryParseProtocol, Names("PROTOCOL"));
        var timeout = settings.Read(10_000, "a number of milliseconds above 0", TryParseTimeout, Names("TIMEOUT"));
        var compression = settings.Read(OtlpExportCompression.None, "gzip or none", TryParseCompression, Names("COMPRESSION"));
        var own = settings.Read<Uri?>(null, UrlExpected, TryParseEndpoint, $"OTEL_EXPORTER_OTLP_{upper}_ENDPOINT");
        var common = settings.Read<Uri?>(null, UrlExpected, TryParseEndpoint, "OTEL_EXPORTER_OTLP_ENDPOINT");
        if (protocol == OtlpExportProtocol.HttpProtobuf && common is not null)
        {
            // Only the common endpoint is a base address; a signal's own is taken as it is, as the specification says.
            common = new Uri($"{common.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
        }
        return (own ?? common) is not { } endpoint ? null : new OtlpSink(signal, endpoint, protocol)
        {
            Headers = settings.Text(Names("HEADERS")) ?? "",
            TimeoutMilliseconds = timeout,
            Compression = compression,
        };

        string[] Names(string suffix) => [$"OTEL_EXPORTER_OTLP_{upper}_{suffix}", $"OTEL_EXPORTER_OTLP_{suffix}"];
    }

    // Aspire points the standard variables at its dashboard, with an API key in the headers that Jaeger must not get. gRPC has no path.
    private static OtlpSink? ReadJaeger(this SettingReader settings) =>
        settings.Read<Uri?>(null, UrlExpected, TryParseEndpoint, "JAEGER_OTLP_ENDPOINT") is { } endpoint
            ? new OtlpSink("jaeger", endpoint, endpoint.AbsolutePath.EndsWith(TracesPath, StringComparison.Ordinal) ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc)
            : null;

    private static bool TryParseExporter(string text, out bool exports) =>
        (exports = text.Equals("otlp", StringComparison.OrdinalIgnoreCase)) || text.Equals("none", StringComparison.OrdinalIgnoreCase);

    private static bool TryParseEndpoint(string text, out Uri? endpoint) =>
        Uri.TryCreate(text, UriKind.Absolute, out endpoint) && (endpoint.Scheme == Uri.UriSchemeHttp || endpoint.Scheme == Uri.UriSchemeHttps);

    private static bool TryParseProtocol(string text, out OtlpExportProtocol protocol)
    {
        protocol = text == "http/protobuf" ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        return text is "grpc" or "http/protobuf";
    }

    private static bool TryParseTimeout(string text, out int milliseconds) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out milliseconds) && milliseconds > 0;

    private static bool TryParseCompression(string text, out OtlpExportCompression compression)
    {
        compression = text == "gzip" ? OtlpExportCompression.GZip : OtlpExportCompression.None;
        return text is "gzip" or "none";
    }
}
