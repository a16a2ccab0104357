namespace Integr8sCode.Local;

/// <summary>The ports that people and clients know, all on 127.0.0.1; 0 takes a free one.</summary>
/// <param name="Api">HTTP API and page. Default 8080.</param>
/// <param name="Traces">Trace store's page and query API. Default 16686, as Jaeger.</param>
/// <param name="Otlp">OTLP over HTTP. Default 4318.</param>
/// <param name="Kafka">Broker. Default 9092.</param>
internal sealed record PlatformPorts(int Api = 8080, int Traces = 16686, int Otlp = 4318, int Kafka = 9092)
{
    public static PlatformPorts Free => new(0, 0, 0, 0);

    /// <summary>Replaces each 0 by a free port and refuses those that are taken, naming who has them.</summary>
    public PlatformPorts Resolve()
    {
        var taken = new[] { (Api, "--api-port"), (Traces, "--trace-port"), (Otlp, "--otlp-port"), (Kafka, "--kafka-port") }
            .Where(port => port.Item1 != 0 && !FreePort.IsFree(port.Item1))
            .Select(port => $"port {port.Item1} ({port.Item2}) is taken by {PortOwner.Describe(port.Item1)}")
            .ToList();
        if (taken is not []) throw new PlatformException(string.Join("; ", taken));
        return new PlatformPorts(OrFree(Api), OrFree(Traces), OrFree(Otlp), OrFree(Kafka));
    }

    private static int OrFree(int port) => port == 0 ? FreePort.Next() : port;
}
