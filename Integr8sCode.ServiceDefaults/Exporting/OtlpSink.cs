using OpenTelemetry.Exporter;

namespace Integr8sCode.Exporting;

/// <summary>Where one signal is sent. The name is unique in the process: exporters of the same name share their options, whatever the signal.</summary>
internal sealed record OtlpSink(string Name, Uri Endpoint, OtlpExportProtocol Protocol)
{
    public string Headers { get; init; } = "";

    public int TimeoutMilliseconds { get; init; } = 10_000;

    public OtlpExportCompression Compression { get; init; } = OtlpExportCompression.None;

    public void Apply(OtlpExporterOptions options)
    {
        options.Endpoint = Endpoint;
        options.Protocol = Protocol;
        options.Headers = Headers;
        options.TimeoutMilliseconds = TimeoutMilliseconds;
        options.Compression = Compression;
    }
}
