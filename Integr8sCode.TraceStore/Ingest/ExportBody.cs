using System.Buffers;
using Integr8sCode.Spans;

namespace Integr8sCode.Ingest;

/// <summary>The bytes of one export request, taken from the common budget as they come in and given back on dispose.</summary>
internal sealed class ExportBody(ByteBudget budget, int limit) : IDisposable
{
    private const int FirstSize = 64 << 10;

    public byte[] Buffer { get; private set; } = [];
    public int Length { get; private set; }

    /// <summary>Reads to the end and returns 200, or stops early and returns the status to answer: 413 past the limit, 503 past the budget.</summary>
    public async Task<int> ReadAsync(Stream source, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Length == Buffer.Length && !TryGrow())
            {
                return StatusCodes.Status503ServiceUnavailable;
            }

            var count = await source.ReadAsync(Buffer.AsMemory(Length), cancellationToken);
            Length += count;
            if (count == 0 || Length > limit)
            {
                return Length > limit ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status200OK;
            }
        }
    }

    public void Dispose()
    {
        if (Buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(Buffer);
            budget.Return(Buffer.Length);
            Buffer = [];
        }
    }

    private bool TryGrow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstSize, (int)Math.Min(2L * Buffer.Length, limit + 1L)));
        if (!budget.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        Buffer.AsSpan(0, Length).CopyTo(larger);
        Dispose();
        Buffer = larger;
        return true;
    }
}
