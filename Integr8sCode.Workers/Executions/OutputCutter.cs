namespace Integr8sCode.Executions;

/// <summary>Cuts what a run writes into chunks, none of which ends inside a character.</summary>
internal sealed class OutputCutter(Guid executionId, int attempt)
{
    private int _stdout;
    private int _stderr;

    /// <summary>True from the first kept chunk on.</summary>
    public bool HasCut => _stdout + _stderr > 0;

    /// <returns>What came since the chunks that were kept last.</returns>
    public IReadOnlyList<OutputChunk> Cut(ReadOnlyMemory<byte> stdout, ReadOnlyMemory<byte> stderr)
    {
        var chunks = new List<OutputChunk>();
        var (stdoutFrom, stderrFrom) = (_stdout, _stderr);
        while (true)
        {
            var next = new OutputChunk(
                executionId, attempt, stdoutFrom, Piece(stdout, stdoutFrom), stderrFrom, Piece(stderr, stderrFrom));
            if (next is { Stdout: [], Stderr: [] })
            {
                return chunks;
            }

            chunks.Add(next);
            stdoutFrom += next.Stdout.Length;
            stderrFrom += next.Stderr.Length;
        }
    }

    public void Keep(IReadOnlyList<OutputChunk> chunks)
    {
        _stdout = (int)chunks[^1].StdoutOffset + chunks[^1].Stdout.Length;
        _stderr = (int)chunks[^1].StderrOffset + chunks[^1].Stderr.Length;
    }

    private static byte[] Piece(ReadOnlyMemory<byte> all, int from)
    {
        var piece = all.Span[from..Math.Min(all.Length, from + (OutputChunk.MaxBytes / 2))];
        return piece[..Utf8Boundary.Find(piece)].ToArray();
    }
}
