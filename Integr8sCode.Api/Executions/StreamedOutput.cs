using System.Runtime.CompilerServices;
using System.Text.Json;
using Integr8sCode.Streaming;

namespace Integr8sCode.Executions;

/// <summary>The output that follows a cursor, piece by piece: one is in memory at a time, however much there is.</summary>
internal sealed class StreamedOutput(IOutputStore store)
{
    /// <summary>What the running attempt has shown so far and the reader has not had.</summary>
    public async IAsyncEnumerable<(StreamItem Item, StreamCursor Cursor)> ReadShownAsync(
        Guid executionId, StreamCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await store.FindNextAsync(executionId, cursor.Position, cancellationToken) is { } chunk)
        {
            var stdout = Skip(chunk.Stdout, cursor.Stdout - chunk.StdoutOffset);
            var stderr = Skip(chunk.Stderr, cursor.Stderr - chunk.StderrOffset);
            foreach (var piece in Pieces(stdout, stderr, cursor))
            {
                cursor = piece.Cursor;
                yield return piece;
            }

            if (cursor.Position.Value < chunk.End.Value)
            {
                yield break; // an id that we never gave out
            }
        }
    }

    /// <summary>What of the final output the reader has not had.</summary>
    public async IAsyncEnumerable<(StreamItem Item, StreamCursor Cursor)> ReadKeptAsync(
        Guid executionId, StreamCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await store.ReadAsync(executionId, cursor.Stdout, cursor.Stderr, OutputChunk.MaxBytes / 2, cancellationToken)
            is { } part and not { Stdout: [], Stderr: [] })
        {
            foreach (var piece in Pieces(Whole(part.Stdout), Whole(part.Stderr), cursor))
            {
                cursor = piece.Cursor;
                yield return piece;
            }
        }
    }

    private static IEnumerable<(StreamItem Item, StreamCursor Cursor)> Pieces(byte[] stdout, byte[] stderr, StreamCursor cursor)
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

    private static (StreamItem Item, StreamCursor Cursor) ItemOf(OutputView view, StreamCursor after) =>
        (new("output", after.ToString(), JsonSerializer.SerializeToUtf8Bytes(view, ApiJson.Default.OutputView)), after);

    private static byte[] Skip(byte[] bytes, long had) => had <= 0 ? bytes : bytes[(int)Math.Min(had, bytes.Length)..];

    // A full part may end inside a character; the last one of all ends where the script ended.
    private static byte[] Whole(byte[] part) => part.Length < OutputChunk.MaxBytes / 2 ? part : part[..Utf8Boundary.Find(part)];
}
