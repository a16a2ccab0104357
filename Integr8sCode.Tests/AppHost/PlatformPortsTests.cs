using System.Net;
using System.Net.Sockets;
using Integr8sCode.Local;

namespace Integr8sCode.AppHost;

public sealed class PlatformPortsTests
{
    [Fact]
    public void Taken_ports_are_named_with_the_process_that_has_them()
    {
        using var api = Listen(IPAddress.Any);
        using var kafka = Listen(IPAddress.Loopback);

        var refusal = Assert.Throws<PlatformException>(
            () => (PlatformPorts.Free with { Api = PortOf(api), Kafka = PortOf(kafka) }).Resolve());

        Assert.Contains($"port {PortOf(api)} (--api-port) is taken by ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"port {PortOf(kafka)} (--kafka-port) is taken by ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"(pid {Environment.ProcessId})", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("--otlp-port", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zero_becomes_a_free_port_and_others_stay()
    {
        var api = FreePort.Next();

        var ports = (PlatformPorts.Free with { Api = api }).Resolve();

        Assert.Equal(api, ports.Api);
        Assert.DoesNotContain(0, new[] { ports.Traces, ports.Otlp, ports.Kafka });
        Assert.Distinct([ports.Api, ports.Traces, ports.Otlp, ports.Kafka]);
    }

    private static TcpListener Listen(IPAddress address)
    {
        var listener = new TcpListener(address, 0);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
