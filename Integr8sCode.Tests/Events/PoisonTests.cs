using System.Text;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Integr8sCode.DeadLetters;
using Integr8sCode.Infrastructure;

namespace Integr8sCode.Events;

public sealed class PoisonTests
{
    private static readonly string Valid = Encoding.UTF8.GetString(Sample.Bytes(Sample.Event()));

    private static readonly Headers Odd = OutsideClient.Headers(
        ("event_id", "nonsense"), ("traceparent", "nonsense"), ("twice", "1"), ("twice", "2"), ("empty", ""), ("null", null));

    [Fact]
    public async Task No_unreadable_message_stops_its_partition_and_each_is_kept_byte_for_byte()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var handler = new HandlerUnderTest();
        var poison = Poison();
        foreach (var (value, key) in poison) await outside.SendAsync(value, Odd, key);
        await outside.SendAsync(Sample.Bytes(Sample.Event()));

        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);

        await Eventually.HoldsAsync(() => handler.Handled.Count == 1, "the message behind the poison is handled");
        await Eventually.HoldsAsync(() => host.Stores.DeadLetters.Count == poison.Length, "every poison is a dead letter");
        await Eventually.HoldsAsync(() => outside.Committed(MessagingHost.Group) == poison.Length + 1, "the offset passes all of them");
        var letters = host.Stores.DeadLetters.OrderBy(letter => letter.Message.Offset).ToList();
        for (var i = 0; i < poison.Length; i++) AssertKept(poison[i], letters[i]);
    }

    [Fact]
    public async Task Odd_headers_and_a_missing_key_do_not_keep_a_good_message_from_its_handler()
    {
        using var broker = await MessagingHost.StartBrokerAsync();
        using var outside = new OutsideClient(broker.Bootstrap);
        var handler = new HandlerUnderTest();
        await using var host = await MessagingHost.StartAsync(broker.Bootstrap, handler);

        await outside.SendAsync(Sample.Bytes(Sample.Event()), headers: null, key: null);
        await outside.SendAsync(Sample.Bytes(Sample.Event()), Odd, key: "");

        await Eventually.HoldsAsync(() => handler.Handled.Count == 2, "both are handled");
        Assert.Empty(host.Stores.DeadLetters);
    }

    private static (byte[]? Value, string? Key)[] Poison()
    {
        var random = new byte[512];
        new Random(1).NextBytes(random);
        return
        [
            (null, "tombstone"),
            ([], "empty"),
            (random, "random bytes"),
            (random, null),
            ("{"u8.ToArray(), "wrong JSON"),
            ("null"u8.ToArray(), "JSON null"),
            ("[1]"u8.ToArray(), "no object"),
            ("{\"event_id\":1}"u8.ToArray(), "wrong type"),
            (Change(e => e.Remove("execution_id")), "missing field"),
            (Change(e => e["type"] = "execution.unheard_of"), "unknown event type"),
            (Change(e => e["event_id"] = Guid.Empty), "empty id"),
            (Change(e => e["event_id"] = Guid.Empty), "empty id again"),
            (Encoding.UTF8.GetBytes(new string('x', 900 * 1024)), "900 KB"),
        ];
    }

    private static byte[] Change(Action<JsonObject> change)
    {
        var envelope = JsonNode.Parse(Valid)!.AsObject();
        change(envelope);
        return Encoding.UTF8.GetBytes(envelope.ToJsonString());
    }

    private static void AssertKept((byte[]? Value, string? Key) sent, DeadLetter letter)
    {
        Assert.Equal(sent.Value, letter.Message.Value);
        Assert.Equal(sent.Key, letter.Message.Key is null ? null : Encoding.UTF8.GetString(letter.Message.Key));
        Assert.Equal(
            Odd.Select(header => (header.Key, header.GetValueBytes() is { } value ? Convert.ToHexString(value) : null)),
            letter.Message.Headers.Select(header => (header.Name, header.Value is { } value ? Convert.ToHexString(value) : null)));
        Assert.Equal((MessagingHost.Group, Topics.ExecutionEvents, 0), (letter.ConsumerGroup, letter.Message.Topic, letter.Message.Partition));
        Assert.NotEqual(DeadLetterStage.Handle, letter.State.Failure.Stage);
        Assert.Equal(1, letter.State.Failure.Attempts);
    }
}
