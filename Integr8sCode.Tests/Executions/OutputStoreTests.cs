using System.Text;
using Integr8sCode.Events;
using Integr8sCode.Storage;

namespace Integr8sCode.Executions;

public abstract class OutputStoreTests(TestStores stores) : StoreTests(stores)
{
    private readonly Guid _id = Guid.CreateVersion7(Noon);

    private IOutputStore Store => Stores.Get<IOutputStore>();

    private IExecutionStore Executions => Stores.Get<IExecutionStore>();

    [Fact]
    public async Task Chunks_come_back_in_the_order_of_what_was_written()
    {
        await AppendAsync(Chunk(1, "ab"), Chunk(1, "cd", 2, "e"), Chunk(1, "", 4, "fg", 1));

        Assert.Equal("ab|", Show(await NextAsync(1, 0)));
        Assert.Equal("cd|e", Show(await NextAsync(1, 2)));
        Assert.Equal("|fg", Show(await NextAsync(1, 5)));
        Assert.Null(await NextAsync(1, 7));
    }

    [Fact]
    public async Task A_position_inside_of_a_chunk_finds_that_chunk()
    {
        await AppendAsync(Chunk(1, "ab"), Chunk(1, "cde", 2));

        var found = await NextAsync(1, 4);

        Assert.Equal((2, "cde|"), (found!.StdoutOffset, Show(found)));
    }

    [Fact]
    public async Task Each_attempt_begins_anew()
    {
        await AppendAsync(Chunk(1, "lost"), Chunk(2, "kept"));

        Assert.Equal("lost|", Show(await NextAsync(1, 0)));
        Assert.Null(await NextAsync(1, 4));
        Assert.Equal((2, "kept|"), ((await NextAsync(2, 0))!.Attempt, Show(await NextAsync(2, 0))));
    }

    [Fact]
    public async Task A_chunk_that_is_kept_already_changes_nothing()
    {
        await AppendAsync(Chunk(1, "ab"));
        await AppendAsync(Chunk(1, "ab"), Chunk(1, "c", 2));

        Assert.Equal("ab|", Show(await NextAsync(1, 0)));
        Assert.Equal("c|", Show(await NextAsync(1, 2)));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_kept_as_they_are()
    {
        byte[] bytes = [0, 255, 128, 0];
        await Store.AppendAsync([new(_id, 1, 0, bytes, 0, [])], Noon, Cancellation);

        Assert.Equal(bytes, (await NextAsync(1, 0))!.Stdout);
    }

    [Fact]
    public async Task What_is_removed_is_gone_and_the_rest_is_not()
    {
        var other = Guid.CreateVersion7(Noon);
        await AppendAsync(Chunk(1, "ab"), Chunk(2, "ab"));
        await Store.AppendAsync([Chunk(1, "other") with { ExecutionId = other }], Noon, Cancellation);

        await Store.RemoveAsync(_id, Cancellation);

        Assert.Null(await NextAsync(1, 0));
        Assert.Null(await NextAsync(2, 0));
        Assert.NotNull(await Store.FindNextAsync(other, new(1, 0), Cancellation));
    }

    [Fact]
    public async Task The_final_output_is_read_in_parts()
    {
        var execution = await FinishAsync("0123456789", "abc");

        Assert.Equal("0123|abc", Show(await Store.ReadAsync(execution.Id, 0, 0, 4, Cancellation)));
        Assert.Equal("89|c", Show(await Store.ReadAsync(execution.Id, 8, 2, 4, Cancellation)));
        Assert.Equal("|", Show(await Store.ReadAsync(execution.Id, 10, 1_000_000, 4, Cancellation)));
        Assert.Null(await Store.ReadAsync(_id, 0, 0, 4, Cancellation));
    }

    [Fact]
    public async Task The_output_of_a_silent_script_is_empty()
    {
        var execution = await FinishAsync("", "");

        Assert.Equal("|", Show(await Store.ReadAsync(execution.Id, 0, 0, 4, Cancellation)));
    }

    [Fact]
    public async Task One_question_tells_where_many_executions_stand()
    {
        var queued = await Executions.QueuedAsync(Noon);
        var running = await Executions.RunningAsync(Noon, TimeSpan.FromSeconds(30));
        await Store.AppendAsync(
            [Chunk(1, "abc") with { ExecutionId = running.Id }, Chunk(1, "", 3, "d") with { ExecutionId = running.Id }], Noon, Cancellation);

        var seen = await Store.WatchAsync([queued.Id, running.Id, _id], Cancellation);

        Assert.Equal(2, seen.Count);
        Assert.Equal(new(1, 0), seen[queued.Id]);
        Assert.Equal(new(3, new OutputPosition(1, 4).Value), seen[running.Id]);
    }

    [Fact]
    public async Task A_later_attempt_is_always_further()
    {
        var running = await Executions.RunningAsync(Noon, TimeSpan.FromSeconds(30));
        await Store.AppendAsync([Chunk(1, "a long text") with { ExecutionId = running.Id }], Noon, Cancellation);
        var first = (await Store.WatchAsync([running.Id], Cancellation))[running.Id];

        await Store.AppendAsync([Chunk(2, "b") with { ExecutionId = running.Id }], Noon, Cancellation);

        Assert.True((await Store.WatchAsync([running.Id], Cancellation))[running.Id].Written > first.Written);
    }

    [Fact]
    public async Task Watching_nothing_is_no_question() => Assert.Empty(await Store.WatchAsync([], Cancellation));

    [Fact]
    public async Task Events_after_a_sequence_are_the_rest_of_the_stream()
    {
        var execution = await FinishAsync("", "");

        var rest = await Stores.Get<IEventStore>().ListAsync(execution.Id, after: 2, Cancellation);

        Assert.Equal([EventTypes.ExecutionStarted, EventTypes.ExecutionCompleted], rest.Select(recorded => recorded.Type));
    }

    private Task AppendAsync(params OutputChunk[] chunks) => Store.AppendAsync(chunks, Noon, Cancellation);

    private Task<OutputChunk?> NextAsync(int attempt, long bytes) => Store.FindNextAsync(_id, new(attempt, bytes), Cancellation);

    private OutputChunk Chunk(int attempt, string stdout, long stdoutOffset = 0, string stderr = "", long stderrOffset = 0) =>
        new(_id, attempt, stdoutOffset, Encoding.UTF8.GetBytes(stdout), stderrOffset, Encoding.UTF8.GetBytes(stderr));

    private async Task<Execution> FinishAsync(string stdout, string stderr) => await Executions.DoneAsync(
        (await Executions.RunningAsync(Noon, TimeSpan.FromSeconds(30))).Finish(
            Stories.Worker, 1, Stories.Success, new(Encoding.UTF8.GetBytes(stdout), Encoding.UTF8.GetBytes(stderr)), Stories.At(Noon)));

    private static string? Show(OutputChunk? chunk) => chunk is null ? null : Show(new ExecutionOutput(chunk.Stdout, chunk.Stderr));

    private static string? Show(ExecutionOutput? output) =>
        output is null ? null : $"{Encoding.UTF8.GetString(output.Stdout)}|{Encoding.UTF8.GetString(output.Stderr)}";
}
