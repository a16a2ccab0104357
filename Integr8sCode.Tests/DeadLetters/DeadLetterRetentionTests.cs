using Integr8sCode.Infrastructure;
using Integr8sCode.Sqlite;
using Integr8sCode.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Integr8sCode.DeadLetters;

public sealed class DeadLetterRetentionTests() : StoreTests(new SqliteTestStores())
{
    [Fact]
    public async Task All_dead_letters_of_age_are_archived_however_many_they_are()
    {
        var letters = Stores.Get<IDeadLetterStore>();
        var clock = new ManualClock();
        for (var i = 0; i < 201; i++)
        {
            var failed = await letters.AddAsync(Letters.Failed(clock.GetUtcNow(), offset: i), Cancellation);
            await letters.SaveAsync(failed.Follow(new(DeadLetterStatus.Dead, Due: null, "no luck"), "test", clock.GetUtcNow(), null)!, Cancellation);
        }

        var options = Options.Create(new DeadLetterOptions());
        clock.Advance(options.Value.ArchiveAfter + TimeSpan.FromSeconds(1));
        using var retention = new DeadLetterRetention(letters, options, clock, NullLogger<DeadLetterRetention>.Instance);
        await retention.CleanAsync(Cancellation);

        Assert.Equal(201, Assert.Single(await letters.CountAsync(new(DeadLetterStatus.Archived), Cancellation)).Count);
    }
}
