using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Integr8sCode;

/// <summary>The part of librdkafka's C interface that the broker needs (rdkafka.h and rdkafka_mock.h of 2.15).</summary>
internal static partial class Librdkafka
{
    private const string Library = "librdkafka";

    public const int Producer = 0;

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    public static partial nint NewConfiguration();

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Configure(nint configuration, string name, string value, Span<byte> error, nint errorSize);

    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    public static partial nint NewClient(int type, nint configuration, Span<byte> error, nint errorSize);

    [LibraryImport(Library, EntryPoint = "rd_kafka_err2name")]
    public static partial nint ErrorName(int error);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    public static partial nint NewCluster(nint client, int brokers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    public static partial nint Bootstraps(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_host_port", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void Advertise(nint cluster, int broker, string host, int port);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_rtt")]
    public static partial int SetRoundTripTime(nint cluster, int broker, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_set_controller_id")]
    public static partial void SetController(nint cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_group_initial_rebalance_delay_ms")]
    public static partial void SetInitialRebalanceDelay(nint cluster, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_set_group_consumer_heartbeat_interval_ms")]
    public static partial void SetConsumerHeartbeat(nint cluster, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_set_group_consumer_session_timeout_ms")]
    public static partial void SetConsumerSessionTimeout(nint cluster, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateTopic(nint cluster, string name, int partitions, int replicas);

    // A library built by eng/ stands beside the program, where the runtime looks; the NuGet package's depends on the platform.
    [ModuleInitializer]
    internal static void UseResolver() =>
        NativeLibrary.SetDllImportResolver(typeof(Librdkafka).Assembly, (name, assembly, search) =>
            name == Library ? Candidates().Select(path => TryLoad(path, assembly, search)).FirstOrDefault(handle => handle != 0) : 0);

    // The package's plain library needs Red Hat's Cyrus SASL; the next one needs nothing but glibc, the last one musl.
    private static IEnumerable<string> Candidates()
    {
        var packaged = Path.Combine(AppContext.BaseDirectory, "runtimes", $"linux-{RuntimeInformation.ProcessArchitecture}".ToLowerInvariant(), "native");
        string[] builds = ["librdkafka.so", "centos8-librdkafka.so", "alpine-librdkafka.so"];
        return [Library, .. builds.Select(build => Path.Combine(packaged, build))];
    }

    private static nint TryLoad(string path, Assembly assembly, DllImportSearchPath? search) =>
        NativeLibrary.TryLoad(path, assembly, search, out var handle) ? handle : 0;
}
