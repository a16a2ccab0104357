using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Confluent.Kafka;
using Integr8sCode.Local;

namespace Integr8sCode.Broker;

public sealed class BrokerTests
{
    private const string Topic = "execution_events";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    // Length, ApiVersions (18) version 0, correlation id 1, client id "x".
    private static readonly byte[] ApiVersionsRequest = [0, 0, 0, 11, 0, 18, 0, 0, 0, 0, 0, 1, 0, 1, (byte)'x'];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_produced_is_consumed_with_its_key_and_headers()
    {
        using var broker = await StartAsync();
        using var producer = Producer(broker);
        var headers = new Headers { { "traceparent", "00-a-b-01"u8.ToArray() } };
        await producer.ProduceAsync(Topic, new() { Key = "k", Value = "v", Headers = headers }, Cancelled);

        using var consumer = Consumer(broker);
        var message = Consume(consumer).Message;

        Assert.Equal(("k", "v"), (message.Key, message.Value));
        Assert.Equal("00-a-b-01"u8, message.Headers.GetLastBytes("traceparent"));
    }

    [Fact]
    public async Task Topics_have_the_partitions_asked_for()
    {
        using var broker = await StartAsync("wide:12,narrow:1");
        using var producer = Producer(broker);
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();

        var topics = admin.GetMetadata(Limit).Topics.ToDictionary(topic => topic.Topic, topic => topic.Partitions.Count);

        Assert.Equal(12, topics["wide"]);
        Assert.Equal(1, topics["narrow"]);
    }

    [Fact]
    public async Task The_first_client_does_not_wait_for_the_brokers_own_poll()
    {
        using var broker = await StartAsync();
        using var client = new TcpClient();
        var watch = Stopwatch.StartNew();

        await client.ConnectAsync(IPAddress.Loopback, broker.Port, Cancelled);
        await client.GetStream().WriteAsync(ApiVersionsRequest, Cancelled);
        await client.GetStream().ReadExactlyAsync(new byte[4], Cancelled);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMilliseconds(800));
    }

    [Fact]
    public async Task Clients_survive_a_killed_broker_that_comes_back_on_its_port()
    {
        using var broker = await StartAsync();
        using var producer = Producer(broker);
        using var consumer = Consumer(broker);
        await producer.ProduceAsync(Topic, new() { Value = "before" }, Cancelled);
        Assert.Equal("before", Consume(consumer).Message.Value);

        broker.Send(Signal.Kill);
        await broker.WaitForExitAsync(Cancelled);
        using var next = await BrokerProcess.StartAsync(broker.Port, $"{Topic}:8", Cancelled);
        await producer.ProduceAsync(Topic, new() { Value = "after" }, Cancelled);

        Assert.Equal("after", Consume(consumer).Message.Value);
    }

    [Fact]
    public async Task Signals_that_interrupt_system_calls_do_not_silence_it()
    {
        Signal[] signals = [Signal.ChildChanged, Signal.WindowChanged, Signal.Continue];
        using var broker = await StartAsync();
        using var producer = Producer(broker);
        for (var i = 0; i < 20; i++)
        {
            foreach (var signal in signals) broker.Send(signal);
            var report = await producer.ProduceAsync(Topic, new() { Value = $"{i}" }, Cancelled).WaitAsync(Limit, Cancelled);
            Assert.Equal(PersistenceStatus.Persisted, report.Status);
        }
        // Which thread gets a signal is the kernel's choice; the one that it must not hurt has to be out of its reach.
        Assert.All(signals, signal => Assert.True(broker.IsBlocked(signal, thread: "rdk:mock")));
    }

    [Theory]
    [InlineData(nameof(Signal.Terminate))]
    [InlineData(nameof(Signal.Interrupt))]
    public async Task It_stops_within_a_second(string signal)
    {
        using var broker = await StartAsync();
        using var producer = Producer(broker);
        await producer.ProduceAsync(Topic, new() { Value = "v" }, Cancelled);
        var watch = Stopwatch.StartNew();

        broker.Send(Enum.Parse<Signal>(signal));

        Assert.Equal(0, await broker.WaitForExitAsync(Cancelled));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_taken_port_is_one_line_and_exit_code_1()
    {
        using var broker = await StartAsync();

        var (exitCode, lines) = await BrokerProcess.RefusedAsync(["--port", $"{broker.Port}"], Cancelled);

        Assert.Equal(1, exitCode);
        Assert.Equal($"broker: cannot listen on {broker.Bootstrap}: Address already in use", Assert.Single(lines));
    }

    [Theory]
    [InlineData("--prot", "--prot", "9092")]
    [InlineData("--port", "--port", "99999")]
    [InlineData("--port", "--port")]
    [InlineData("--topics", "--topics", "events")]
    [InlineData("--topics", "--topics", "events:0")]
    [InlineData("--topics", "--topics", "events:1,events:2")]
    public async Task Wrong_arguments_are_one_line_naming_the_argument(string named, params string[] arguments)
    {
        var (exitCode, lines) = await BrokerProcess.RefusedAsync(arguments, Cancelled);

        Assert.Equal(1, exitCode);
        Assert.Contains(named, Assert.Single(lines), StringComparison.Ordinal);
    }

    private static Task<BrokerProcess> StartAsync(string topics = $"{Topic}:8") => BrokerProcess.StartAsync(0, topics, Cancelled);

    private static IProducer<string, string> Producer(BrokerProcess broker) =>
        new ProducerBuilder<string, string>(new ProducerConfig
        {
            BootstrapServers = broker.Bootstrap,
            EnableIdempotence = true,
            ReconnectBackoffMaxMs = 200,
        }).SetLogHandler((_, _) => { }).Build();

    private static IConsumer<string, string> Consumer(BrokerProcess broker)
    {
        var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig
        {
            BootstrapServers = broker.Bootstrap,
            GroupId = "readers",
            GroupProtocol = GroupProtocol.Consumer,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            ReconnectBackoffMaxMs = 200,
        }).SetLogHandler((_, _) => { }).Build();
        consumer.Subscribe(Topic);
        return consumer;
    }

    private static ConsumeResult<string, string> Consume(IConsumer<string, string> consumer) =>
        consumer.Consume(Limit) ?? throw new TimeoutException("no message");
}
