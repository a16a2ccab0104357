using System.Text.Json;
using Integr8sCode.Events;
using Integr8sCode.Storage;

namespace Integr8sCode.DeadLetters;

public abstract class DeadLetterStoreTests(TestStores stores) : StoreTests(stores)
{
    private IDeadLetterStore Store => Stores.Get<IDeadLetterStore>();

    [Fact]
    public async Task A_letter_comes_back_byte_for_byte()
    {
        var letter = Letters.Failed() with
        {
            Message = Letters.Message() with
            {
                Key = [0, 255],
                Value = [0xC3, 0x28, 0],
                Headers = [new("event_id", [1]), new("event_id", [2]), new("empty", []), new("nothing", null)],
            },
        };

        await Store.AddAsync(letter, Cancellation);

        Assert.Equal(ToJson(letter), ToJson((await Store.FindAsync(letter.Id, Cancellation))!));
    }

    [Fact]
    public async Task Null_keys_and_values_are_kept()
    {
        var letter = Letters.Failed() with { Message = Letters.Message() with { Key = null, Value = null } };

        await Store.AddAsync(letter, Cancellation);

        var found = (await Store.FindAsync(letter.Id, Cancellation))!.Message;
        Assert.Null(found.Key);
        Assert.Null(found.Value);
    }

    [Fact]
    public async Task The_same_event_of_the_same_group_is_kept_once()
    {
        var letter = Letters.Failed(decoded: Sample.Event());
        var again = letter with { Id = Guid.CreateVersion7(), Message = letter.Message with { Offset = 99 } };
        var others = letter with { Id = Guid.CreateVersion7(), ConsumerGroup = "results" };

        Assert.Equal(letter.Id, (await Store.AddAsync(letter, Cancellation)).Id);
        Assert.Equal(letter.Id, (await Store.AddAsync(again, Cancellation)).Id);
        Assert.Equal(others.Id, (await Store.AddAsync(others, Cancellation)).Id);

        Assert.Equal(2, (await Store.ListAsync(new(), Cancellation)).Count);
    }

    [Fact]
    public async Task Without_an_event_the_place_and_the_bytes_tell_letters_apart()
    {
        var letter = Letters.Failed();
        await Store.AddAsync(letter, Cancellation);
        await AddAsync(message => message);
        Assert.Single(await Store.ListAsync(new(), Cancellation));

        await AddAsync(message => message with { Offset = 8 });
        await AddAsync(message => message with { Partition = 4 });
        await AddAsync(message => message with { Value = [4] });
        await AddAsync(message => message with { Key = null });
        await Store.AddAsync(letter with { Id = Guid.CreateVersion7(), BrokerEpoch = "another" }, Cancellation);

        Assert.Equal(6, (await Store.ListAsync(new(), Cancellation)).Count);

        Task AddAsync(Func<RawMessage, RawMessage> change) =>
            Store.AddAsync(letter with { Id = Guid.CreateVersion7(), Message = change(letter.Message) }, Cancellation);
    }

    [Fact]
    public async Task Of_two_saves_of_one_version_the_second_is_refused()
    {
        var letter = await Store.AddAsync(Letters.Failed(), Cancellation);
        var (scheduled, discarded) = (letter.Scheduled(Noon), letter.Discard(Letters.Note(Noon))!);

        Assert.True(await Store.SaveAsync(scheduled, Cancellation));
        Assert.False(await Store.SaveAsync(discarded, Cancellation));

        Assert.Equal(ToJson(scheduled), ToJson((await Store.FindAsync(letter.Id, Cancellation))!));
    }

    [Fact]
    public async Task A_letter_that_is_gone_is_not_saved()
    {
        Assert.False(await Store.SaveAsync(Letters.Failed().Scheduled(Noon), Cancellation));
        Assert.Null(await Store.FindAsync(Guid.CreateVersion7(), Cancellation));
    }

    [Fact]
    public async Task Letters_are_listed_newest_first_page_by_page()
    {
        var letters = await AddAsync(5);

        var first = await Store.ListAsync(new(Limit: 2), Cancellation);
        var second = await Store.ListAsync(new(Before: first[^1].Id, Limit: 10), Cancellation);

        Assert.Equal(letters.Reverse().Select(letter => letter.Id), first.Concat(second).Select(letter => letter.Id));
    }

    [Fact]
    public async Task Each_filter_restricts()
    {
        var wanted = await Store.AddAsync(
            Letters.Failed(Noon.AddHours(1), "wanted", topic: Topics.ExecutionTasks, decoded: Sample.Event()), Cancellation);
        await Store.AddAsync(Letters.Failed(Noon, "other", stage: DeadLetterStage.Decode), Cancellation);
        var batch = Guid.CreateVersion7();
        await Store.SaveAsync(wanted.Retry(batch, Letters.Note(Noon))!, Cancellation);
        DeadLetterFilter[] filters =
        [
            new(Status: DeadLetterStatus.Scheduled), new(Topic: Topics.ExecutionTasks), new(EventType: wanted.EventType),
            new(ConsumerGroup: "wanted"), new(From: Noon.AddHours(1)), new(BatchId: batch),
        ];

        foreach (var filter in filters)
        {
            Assert.Equal(wanted.Id, Assert.Single(await Store.ListAsync(filter, Cancellation)).Id);
            Assert.Equal(1, Assert.Single(await Store.CountAsync(filter, Cancellation)).Count);
        }

        Assert.Single(await Store.ListAsync(new(To: Noon.AddHours(1)), Cancellation));
        Assert.Equal(2, (await Store.ListAsync(new(Fingerprint: wanted.State.Failure.Fingerprint), Cancellation)).Count);
        Assert.Empty(await Store.ListAsync(new(Fingerprint: "another"), Cancellation));
    }

    [Fact]
    public async Task Due_letters_come_the_longest_waiting_first()
    {
        var late = await AddAsync("late", letter => letter.Scheduled(Noon.AddMinutes(3)));
        var early = await AddAsync("early", letter => letter.Scheduled(Noon.AddMinutes(2)));
        await AddAsync("gone", letter => letter.Discard(Letters.Note(Noon))!);

        Assert.Empty(await DueAsync(1, 10));
        Assert.Equal([early], await DueAsync(2, 10));
        Assert.Equal([early, late], await DueAsync(3, 10));
        Assert.Equal([early], await DueAsync(3, 1));

        async Task<Guid> AddAsync(string key, Func<DeadLetter, DeadLetter> move) =>
            (await SaveAsync(move(await Store.AddAsync(Letters.Failed(key: key), Cancellation)))).Id;

        async Task<IEnumerable<Guid>> DueAsync(int minutes, int limit) =>
            (await Store.FindDueAsync(Noon.AddMinutes(minutes), limit, Cancellation)).Select(letter => letter.Id);
    }

    [Fact]
    public async Task A_retry_waits_for_the_older_letters_of_its_line_and_keeps_no_other_line_back()
    {
        var letters = await AddAsync(3);
        var first = await SaveAsync(letters[0].Scheduled(Noon.AddHours(1)));
        await SaveAsync(letters[1].Scheduled(Noon));
        await SaveAsync(letters[2].Scheduled(Noon));
        var elsewhere = await Store.AddAsync(Letters.Failed(Noon.AddHours(1), key: "another"), Cancellation);
        await SaveAsync(elsewhere.Scheduled(Noon.AddMinutes(1)));
        Assert.Equal([elsewhere.Id], await DueAsync(limit: 1));

        first = await SaveAsync(first.Claim(TimeSpan.FromHours(1), Letters.Note(Noon.AddHours(1)))!);
        Assert.Equal([elsewhere.Id], await DueAsync(limit: 1));

        first = await SaveAsync(first.FailAgain(Letters.Failure(), first.State.RetryCount, Noon.AddHours(3))!);
        Assert.Equal([elsewhere.Id], await DueAsync(limit: 1)); // what it failed of is not looked at yet

        await SaveAsync(first.Discard(Letters.Note(Noon))!);
        Assert.Equal([letters[1].Id, elsewhere.Id], await DueAsync(limit: 10));

        async Task<IEnumerable<Guid>> DueAsync(int limit) =>
            (await Store.FindDueAsync(Noon.AddHours(2).AddMinutes(-1), limit, Cancellation)).Select(letter => letter.Id);
    }

    [Fact]
    public async Task Letters_without_a_key_and_letters_to_be_looked_at_wait_for_none()
    {
        var failed = await AddAsync(2);
        var keyless = Enumerable.Range(2, 2).Select(i => Letters.Failed(Noon.AddSeconds(i), offset: i)).Select(letter =>
            letter with { Message = letter.Message with { Key = null } }).ToArray();
        foreach (var letter in keyless)
        {
            await SaveAsync((await Store.AddAsync(letter, Cancellation)).Scheduled(Noon));
        }

        var due = await Store.FindDueAsync(Noon.AddHours(1), limit: 10, Cancellation);

        Assert.Equal(failed.Concat(keyless).Select(letter => letter.Id), due.Select(letter => letter.Id).Order());
    }

    [Fact]
    public async Task Letters_are_counted_by_what_they_have_in_common()
    {
        var letters = await AddAsync(3);
        var scheduled = letters[2].Scheduled(Noon);
        await Store.SaveAsync(scheduled, Cancellation);
        await Store.SaveAsync(scheduled.Claim(TimeSpan.FromMinutes(1), Letters.Note(Noon))!, Cancellation);

        var counts = await Store.CountAsync(new(), Cancellation);

        var failure = letters[0].State.Failure;
        Assert.Equal(
            [
                new(DeadLetterStatus.Pending, Topics.ExecutionEvents, "sagas", null, failure.Fingerprint, failure.ExceptionType, failure.TopFrame,
                    2, Noon, Noon.AddSeconds(1), 0, 0),
                new DeadLetterCount(DeadLetterStatus.Retrying, Topics.ExecutionEvents, "sagas", null, failure.Fingerprint, failure.ExceptionType,
                    failure.TopFrame, 1, Noon.AddSeconds(2), Noon.AddSeconds(2), 1, 1),
            ],
            counts.OrderBy(count => count.Status));
    }

    [Fact]
    public async Task Closed_letters_are_forgotten_by_age_and_number_and_open_ones_never()
    {
        var letters = await AddAsync(5);
        for (var i = 1; i < 5; i++)
        {
            await Store.SaveAsync(letters[i].Resolve(Letters.Note(Noon.AddMinutes(i)))!, Cancellation);
        }

        Assert.Equal(2, await Store.PruneAsync(Noon.AddMinutes(2), keep: 2, Cancellation));
        Assert.Equal(
            [letters[4].Id, letters[3].Id, letters[0].Id], (await Store.ListAsync(new(), Cancellation)).Select(letter => letter.Id));

        await Store.AddAsync(letters[1], Cancellation); // nothing is left of it
        Assert.Equal(4, (await Store.ListAsync(new(), Cancellation)).Count);
    }

    private async Task<DeadLetter> SaveAsync(DeadLetter letter)
    {
        Assert.True(await Store.SaveAsync(letter, Cancellation));
        return letter;
    }

    private async Task<DeadLetter[]> AddAsync(int count)
    {
        var letters = Enumerable.Range(0, count).Select(i => Letters.Failed(Noon.AddSeconds(i), offset: i)).ToArray();
        foreach (var letter in letters)
        {
            await Store.AddAsync(letter, Cancellation);
        }

        return letters;
    }

    private static string ToJson(DeadLetter letter) =>
        JsonSerializer.Serialize(letter, CoreJson.Default.DeadLetter) + JsonSerializer.Serialize(letter.State, CoreJson.Default.DeadLetterState);
}
