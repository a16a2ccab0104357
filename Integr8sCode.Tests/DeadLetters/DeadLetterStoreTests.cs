using System.Text.Json;
using Integr8sCode.Storage;

namespace Integr8sCode.DeadLetters;

public abstract class DeadLetterStoreTests(TestStores stores) : StoreTests(stores)
{
    private IDeadLetterStore Store => Stores.Get<IDeadLetterStore>();

    [Fact]
    public async Task A_letter_comes_back_byte_for_byte()
    {
        var letter = Letter() with
        {
            Key = [0, 255],
            Value = [0xC3, 0x28, 0],
            Headers = [new("event_id", [1]), new("event_id", [2]), new("empty", [])],
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        };

        await Store.AddAsync(letter, Cancellation);

        Assert.Equal(ToJson(letter), ToJson(Assert.Single(await Store.ListAsync(10, Cancellation))));
    }

    [Fact]
    public async Task Null_keys_values_and_headers_are_kept()
    {
        await Store.AddAsync(Letter() with { Key = null, Value = null, Headers = [new("nothing", null)] }, Cancellation);

        var letter = Assert.Single(await Store.ListAsync(10, Cancellation));
        Assert.Null(letter.Key);
        Assert.Null(letter.Value);
        Assert.Null(Assert.Single(letter.Headers).Value);
    }

    [Fact]
    public async Task The_same_event_of_the_same_group_is_kept_once()
    {
        var letter = Letter() with { EventId = Guid.CreateVersion7() };

        await Store.AddAsync(letter, Cancellation);
        await Store.AddAsync(letter with { Id = Guid.CreateVersion7(), Offset = 99 }, Cancellation);
        await Store.AddAsync(letter with { Id = Guid.CreateVersion7(), ConsumerGroup = "results" }, Cancellation);

        Assert.Equal(2, await Store.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Without_an_event_the_position_and_the_bytes_tell_letters_apart()
    {
        var letter = Letter();
        await Store.AddAsync(letter, Cancellation);
        await Store.AddAsync(letter with { Id = Guid.CreateVersion7() }, Cancellation);
        Assert.Equal(1, await Store.CountAsync(Cancellation));

        await Store.AddAsync(letter with { Id = Guid.CreateVersion7(), Offset = 8 }, Cancellation);
        await Store.AddAsync(letter with { Id = Guid.CreateVersion7(), Partition = 4 }, Cancellation);
        await Store.AddAsync(letter with { Id = Guid.CreateVersion7(), Value = [4] }, Cancellation);
        await Store.AddAsync(letter with { Id = Guid.CreateVersion7(), Key = null }, Cancellation);

        Assert.Equal(5, await Store.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Letters_are_listed_newest_first()
    {
        for (var i = 0; i < 3; i++)
        {
            await Store.AddAsync(Letter() with { Offset = i, FailedAt = Noon.AddSeconds(i == 2 ? -1 : i) }, Cancellation);
        }

        Assert.Equal([1, 0, 2], (await Store.ListAsync(10, Cancellation)).Select(letter => letter.Offset));
        Assert.Equal([1], (await Store.ListAsync(1, Cancellation)).Select(letter => letter.Offset));
    }

    private static DeadLetter Letter() => new()
    {
        Id = Guid.CreateVersion7(),
        ConsumerGroup = "sagas",
        Topic = "execution_events",
        Partition = 3,
        Offset = 7,
        Key = [1],
        Value = [2],
        Headers = [],
        Stage = DeadLetterStage.Decode,
        ExceptionType = "System.Text.Json.JsonException",
        ExceptionMessage = "'0x00' is invalid",
        Attempts = 1,
        FirstFailedAt = Noon,
        FailedAt = Noon,
    };

    private static string ToJson(DeadLetter letter) => JsonSerializer.Serialize(letter, CoreJson.Default.DeadLetter);
}
