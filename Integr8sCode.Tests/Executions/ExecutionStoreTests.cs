using System.Text.Json;
using Integr8sCode.Events;
using Integr8sCode.Storage;

namespace Integr8sCode.Executions;

public abstract partial class ExecutionStoreTests(TestStores stores) : StoreTests(stores)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private IExecutionStore Store => Stores.Get<IExecutionStore>();

    private IEventStore Events => Stores.Get<IEventStore>();

    [Fact]
    public async Task An_accepted_execution_is_found_as_it_was_given()
    {
        var accepted = Execution.Accept(
            new(
                Guid.CreateVersion7(Noon), "alice", "correlation-1",
                new()
                {
                    Script = "print('grüße 🦊')\0",
                    Language = "python",
                    Version = "3.11",
                    Stdin = "in\n",
                    Args = ["a", ""],
                    TimeoutSeconds = 2.5,
                },
                "key-1", RetryOf: Guid.CreateVersion7(Noon)),
            Stories.At(Noon));

        var answer = await Store.AcceptAsync(accepted, Cancellation);

        AssertSame(accepted.Execution, answer);
        AssertSame(accepted.Execution, await Store.FindAsync(accepted.Execution.Id, Cancellation));
    }

    [Fact]
    public async Task An_accepted_execution_has_its_event_unpublished()
    {
        var accepted = Stories.Accepted(Noon);

        await Store.AcceptAsync(accepted, Cancellation);

        var stored = Assert.Single(await Events.ListAsync(accepted.Execution.Id, Cancellation));
        Assert.Equal(accepted.Event.EventId, stored.EventId);
        Assert.Equal(stored.EventId, Assert.Single(await Events.FindUnpublishedAsync(Noon.AddSeconds(1), 10, Cancellation)).EventId);
    }

    [Fact]
    public async Task Accepting_a_known_id_changes_nothing_and_answers_the_stored_execution()
    {
        var first = await Store.QueuedAsync(Noon);
        var scheduled = await Store.DoneAsync(first.Schedule(Stories.At(Noon)));

        var answer = await Store.AcceptAsync(Stories.Accepted(Noon, user: "bob", script: "other", id: first.Id), Cancellation);

        AssertSame(scheduled, answer);
        AssertSame(scheduled, await Store.FindAsync(first.Id, Cancellation));
        Assert.Equal(2, (await Events.ListAsync(first.Id, Cancellation)).Count);
    }

    [Fact]
    public async Task A_used_idempotency_key_answers_the_earlier_execution()
    {
        var first = await Store.AcceptAsync(Stories.Accepted(Noon, key: "key-1"), Cancellation);
        var repeated = Stories.Accepted(Noon.AddHours(1), key: "key-1", script: "other");

        var answer = await Store.AcceptAsync(repeated, Cancellation);

        AssertSame(first, answer);
        Assert.Null(await Store.FindAsync(repeated.Execution.Id, Cancellation));
        Assert.Empty(await Events.ListAsync(repeated.Execution.Id, Cancellation));
    }

    [Fact]
    public async Task An_idempotency_key_belongs_to_its_user()
    {
        var alices = await Store.AcceptAsync(Stories.Accepted(Noon, "alice", "key-1"), Cancellation);
        var bobs = await Store.AcceptAsync(Stories.Accepted(Noon, "bob", "key-1"), Cancellation);

        Assert.NotEqual(alices.Id, bobs.Id);
    }

    [Fact]
    public async Task Executions_without_a_key_do_not_collide()
    {
        await Store.QueuedAsync(Noon);
        await Store.QueuedAsync(Noon);

        Assert.Equal(2, (await Store.ListAsync(new(), Cancellation)).Count);
    }

    [Fact]
    public async Task Twenty_callers_with_one_key_get_one_execution()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Task.Run(() => Store.AcceptAsync(Stories.Accepted(Noon, key: "key-1"), Cancellation))));

        Assert.Single(answers.Select(answer => answer.Id).Distinct());
        Assert.Single(await Store.ListAsync(new(), Cancellation));
        Assert.Single(await Events.FindUnpublishedAsync(Noon.AddSeconds(1), 100, Cancellation));
    }

    [Fact]
    public async Task Accepting_an_event_id_that_another_execution_holds_fails_and_stores_nothing()
    {
        var first = Stories.Accepted(Noon);
        var second = Stories.Accepted(Noon);
        await Store.AcceptAsync(first, Cancellation);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.AcceptAsync(
            second with { Event = second.Event with { EventId = first.Event.EventId } }, Cancellation));

        Assert.Null(await Store.FindAsync(second.Execution.Id, Cancellation));
    }

    [Fact]
    public async Task An_unknown_id_finds_nothing()
    {
        await Store.QueuedAsync(Noon);

        Assert.Null(await Store.FindAsync(Guid.CreateVersion7(), Cancellation));
        Assert.Null(await Store.FindOutputAsync(Guid.CreateVersion7(), Cancellation));
    }

    // Records compare their lists by reference, so equality is that of the documents.
    private static void AssertSame(Execution expected, Execution? actual) =>
        Assert.Equal(ToJson(expected), actual is null ? null : ToJson(actual));

    private static string ToJson(Execution execution) => JsonSerializer.Serialize(execution, CoreJson.Default.Execution);
}
