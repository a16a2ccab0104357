using Integr8sCode.Streaming;

namespace Integr8sCode.Executions;

/// <summary>The output that follows a cursor, a part at a time: so much is in memory, however much there is.</summary>
internal sealed class StreamedOutput(IOutputStore store)
{
    /// <summary>What the running attempt has shown so far and the reader has not had.</summary>
    public async Task<StreamStep> ReadShownAsync(Guid executionId, StreamCursor cursor, CancellationToken cancellationToken) =>
        await store.FindNextAsync(executionId, cursor.Position, cancellationToken) is { } chunk
            ? StepOf(Skip(chunk.Stdout, cursor.Stdout - chunk.StdoutOffset), Skip(chunk.Stderr, cursor.Stderr - chunk.StderrOffset), cursor)
            : StreamStep.Nothing;

    /// <summary>What of the final output the reader has not had.</summary>
    public async Task<StreamStep> ReadKeptAsync(Guid executionId, StreamCursor cursor, CancellationToken cancellationToken) =>
        await store.ReadAsync(executionId, cursor.Stdout, cursor.Stderr, OutputChunk.MaxBytes / 2, cancellationToken) is { } part
            ? StepOf(Whole(part.Stdout), Whole(part.Stderr), cursor)
            : StreamStep.Nothing;

    private static StreamStep StepOf(byte[] stdout, byte[] stderr, StreamCursor cursor) => new([.. ItemsOf(stdout, stderr, cursor)]);

    private static IEnumerable<(StreamItem Item, StreamCursor After)> ItemsOf(byte[] stdout, byte[] stderr, StreamCursor cursor)
    {
        if (stdout is not [])
        {
            var view = OutputView.Of(OutputView.Stdout, cursor.Attempt, cursor.Stdout, stdout);
            yield return ItemOf(view, cursor = cursor with { Stdout = cursor.Stdout + stdout.Length });
        }

        if (stderr is not [])
        {
            var view = OutputView.Of(OutputView.Stderr, cursor.Attempt, cursor.Stderr, stderr);
            yield return ItemOf(view, cursor with { Stderr = cursor.Stderr + stderr.Length });
        }
    }

    private static (StreamItem Item, StreamCursor After) ItemOf(OutputView view, StreamCursor after) =>
        (StreamItem.Of("output", after.ToString(), view, ApiJson.Default.OutputView), after);

    private static byte[] Skip(byte[] bytes, long had) => had <= 0 ? bytes : bytes[(int)Math.Min(had, bytes.Length)..];

    // A full part may end inside a character; the last one of all ends where the script ended.
    private static byte[] Whole(byte[] part) => part.Length < OutputChunk.MaxBytes / 2 ? part : part[..Utf8Boundary.Find(part)];
}
