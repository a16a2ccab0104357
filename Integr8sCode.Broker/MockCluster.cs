using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Integr8sCode;

/// <summary>
/// librdkafka's own test cluster as a one-node development broker: the real protocol for real clients, on the loopback address, in memory only.
/// Each partition keeps at most 5 MiB and 100 000 batches; older ones are dropped silently.
/// </summary>
internal static class MockCluster
{
    private const int BrokerId = 1;
    private const int ErrorSize = 512;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan SessionTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Serves until the process ends; returns the port.</summary>
    public static int Start(BrokerOptions options)
    {
        using var port = new FixedPort(options.Port);
        var cluster = Create();
        Librdkafka.Advertise(cluster, BrokerId, "127.0.0.1", port.Number);
        // Without a controller, admin requests that the cluster does not know time out instead of being refused.
        Librdkafka.SetController(cluster, BrokerId);
        Librdkafka.SetInitialRebalanceDelay(cluster, 0);
        Librdkafka.SetConsumerHeartbeat(cluster, (int)Heartbeat.TotalMilliseconds);
        Librdkafka.SetConsumerSessionTimeout(cluster, (int)SessionTimeout.TotalMilliseconds);
        foreach (var topic in options.Topics) CreateTopic(cluster, topic);
        // After the topics, because a waiting client that asks for a missing one creates it with another number of partitions.
        port.TakeOver(RandomPort(cluster));
        // Its thread still waits, up to a second, for a client of the old socket; any request to it ends that wait.
        _ = Librdkafka.SetRoundTripTime(cluster, BrokerId, milliseconds: 0);
        return port.Number;
    }

    private static nint Create()
    {
        Span<byte> error = stackalloc byte[ErrorSize];
        var configuration = Librdkafka.NewConfiguration();
        _ = Librdkafka.Configure(configuration, "log_level", "2", error, ErrorSize);

        using var mask = new SignalMask();
        var client = Librdkafka.NewClient(Librdkafka.Producer, configuration, error, ErrorSize);
        if (client == 0) throw new BrokerException(Encoding.UTF8.GetString(error[..error.IndexOf((byte)0)]));
        var cluster = Librdkafka.NewCluster(client, brokers: 1);
        return cluster != 0 ? cluster : throw new BrokerException("librdkafka could not create its mock cluster");
    }

    private static int RandomPort(nint cluster)
    {
        var address = Marshal.PtrToStringUTF8(Librdkafka.Bootstraps(cluster))!;
        return int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
    }

    private static void CreateTopic(nint cluster, BrokerTopic topic)
    {
        var error = Librdkafka.CreateTopic(cluster, topic.Name, topic.Partitions, replicas: 1);
        if (error != 0) throw new BrokerException($"topic {topic}: {Marshal.PtrToStringUTF8(Librdkafka.ErrorName(error))}");
    }
}
