using System.Buffers;
using System.IO.Pipelines;

namespace Integr8sCode.Sandboxing;

/// <summary>What one stream of a script wrote.</summary>
/// <param name="Bytes">The first bytes, at most <see cref="SandboxLimits.OutputBytes"/>.</param>
/// <param name="Truncated">Whether the script wrote more.</param>
internal sealed record CapturedOutput(ReadOnlyMemory<byte> Bytes, bool Truncated)
{
    public static readonly CapturedOutput Empty = new(ReadOnlyMemory<byte>.Empty, false);

    /// <summary>Reads to the end of the stream, keeps the first <paramref name="limit"/> bytes and calls <paramref name="overflow"/> at the first byte more.</summary>
    /// <param name="show">Called with all that is kept so far, after each read. The buffer only grows, and into a new array, so what was shown does not change.</param>
    public static async Task<CapturedOutput> ReadAsync(PipeReader reader, int limit, Action overflow, Action<ReadOnlyMemory<byte>>? show = null)
    {
        var kept = new ArrayBufferWriter<byte>();
        var truncated = false;
        while (true)
        {
            var read = await reader.ReadAsync(CancellationToken.None);
            var room = limit - kept.WrittenCount;
            foreach (var part in read.Buffer.Slice(0, Math.Min(room, read.Buffer.Length)))
            {
                kept.Write(part.Span);
            }
            show?.Invoke(kept.WrittenMemory);
            if (read.Buffer.Length > room && !truncated)
            {
                truncated = true;
                overflow();
            }
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return new CapturedOutput(kept.WrittenMemory, truncated);
            }
        }
    }
}
