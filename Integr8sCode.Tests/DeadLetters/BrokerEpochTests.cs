using Integr8sCode.Broker;
using Integr8sCode.Events;
using Integr8sCode.Infrastructure;
using Integr8sCode.Local;

namespace Integr8sCode.DeadLetters;

/// <summary>A message without a readable id is known by its place, and a place is one of a broker's life.</summary>
public sealed class BrokerEpochTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_bytes_at_the_same_place_of_a_reborn_broker_are_another_letter()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, new());
        await SendPoisonAsync(broker);
        var before = Assert.Single(await host.LettersAsync(1));
        Assert.Equal(before.BrokerEpoch, AnnouncedEpoch(broker)); // and nothing is on its way any more

        broker.Send(Signal.Kill);
        await broker.WaitForExitAsync(Stop);
        using var reborn = await BrokerProcess.StartAsync(broker.Port, string.Join(',', Topics.All.Select(topic => $"{topic}:2")), Stop);
        await SendPoisonAsync(reborn);

        var after = (await host.LettersAsync(2)).Single(letter => letter.Id != before.Id);
        Assert.Equal((before.Message.Partition, before.Message.Offset), (after.Message.Partition, after.Message.Offset));
        Assert.NotNull(before.BrokerEpoch);
        Assert.NotNull(after.BrokerEpoch);
        Assert.NotEqual(before.BrokerEpoch, after.BrokerEpoch);
        Assert.Equal(after.BrokerEpoch, AnnouncedEpoch(reborn));
    }

    [Fact]
    public async Task A_poison_that_is_delivered_again_is_the_same_letter()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var stores = new MessagingStores();
        await using (var host = await MessagingHost.StartAsync(broker.Bootstrap, new(), stores))
        {
            await SendPoisonAsync(broker);
            await host.LettersAsync(1);
        }

        outside.Rewind(MessagingHost.Group);
        await using var next = await MessagingHost.StartAsync(broker.Bootstrap, new(), stores);
        await Eventually.HoldsAsync(() => outside.Committed(MessagingHost.Group) == 1, "the poison was handled again");

        Assert.Equal(1, Assert.Single(stores.DeadLetters).State.Version);
    }

    private static string AnnouncedEpoch(BrokerProcess broker)
    {
        using var outside = new OutsideClient(broker.Bootstrap);
        return OutsideClient.Text(Assert.Single(outside.Read(Topics.DeadLetterQueue, count: 1)).Message.Headers, "x-dlq-broker-epoch");
    }

    private static async Task SendPoisonAsync(BrokerProcess broker)
    {
        using var outside = new OutsideClient(broker.Bootstrap);
        await outside.SendAsync(value: null);
    }
}
