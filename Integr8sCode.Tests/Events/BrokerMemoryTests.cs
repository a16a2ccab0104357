using Integr8sCode.Broker;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;
using Integr8sCode.ServiceDefaults;

namespace Integr8sCode.Events;

public sealed class BrokerMemoryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broker_that_comes_back_empty_is_noticed_once()
    {
        using var logs = new RecordedLogs();
        using var broker = await MessagingHost.StartBrokerAsync();
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, logs: logs);
        await PublishAsync(host, 20);
        Assert.Empty(LossesIn(logs));

        broker.Send(Signal.Kill);
        await broker.WaitForExitAsync(Stop);
        using var reborn = await BrokerProcess.StartAsync(
            broker.Port, string.Join(',', Topics.All.Select(topic => $"{topic}:2")), Stop);
        await PublishAsync(host, 20);

        await host.Get<BrokerMemory>().WaitForLossAsync(Stop).WaitAsync(TimeSpan.FromMinutes(3), Stop);
        Assert.Single(LossesIn(logs));
    }

    private static async Task PublishAsync(MessagingHost host, int count)
    {
        var events = Enumerable.Range(0, count).Select(_ => Sample.Event()).ToList();
        events.ForEach(host.Stores.Add);
        events.ForEach(sent => host.Publisher.Publish(sent));
        await Eventually.HoldsAsync(() => events.TrueForAll(host.Stores.IsPublished), "everything is marked");
    }

    private static IEnumerable<string> LossesIn(RecordedLogs logs) =>
        logs.Lines.Where(line => line.Contains("Kafka has lost messages", StringComparison.Ordinal));
}
